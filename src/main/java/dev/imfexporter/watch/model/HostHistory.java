package dev.imfexporter.watch.model;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What has happened on a host, by the evidence so far.
 *
 * @param services in the order of the newest poll
 * @param outages the newest {@value #MOST_OUTAGES} of all services, newest first; those that last
 *     have no end
 * @param goneVirtualServers the newest first
 * @param volumeForecasts of the volumes of the mail folders that fill steadily
 * @param waits the stops and starts of IIS Admin
 * @param limits of the host's configuration
 */
public record HostHistory(
    List<ServiceHistory> services,
    List<Outage> outages,
    UpdateHistory updates,
    EpisodeHistory episodes,
    EventHistory events,
    MailFlow mailFlow,
    MailHistory mailHistory,
    List<GoneVirtualServer> goneVirtualServers,
    List<VolumeForecast> volumeForecasts,
    WaitHistory waits,
    Limits limits) {
  public static final int MOST_OUTAGES = 20;

  public HostHistory {
    services = List.copyOf(services);
    outages = List.copyOf(outages);
    goneVirtualServers = List.copyOf(goneVirtualServers);
    volumeForecasts = List.copyOf(volumeForecasts);
  }

  /** Nothing is known, for that reason. */
  public static HostHistory unknown(String why, Limits limits) {
    Map<Episode.Outcome, Long> none = new EnumMap<>(Episode.Outcome.class);
    for (Episode.Outcome outcome : Episode.Outcome.values()) {
      none.put(outcome, 0L);
    }
    return new HostHistory(
        List.of(),
        List.of(),
        new UpdateHistory(List.of(), List.of(), List.of(), 0),
        new EpisodeHistory(Optional.empty(), List.of(), none, 0, Duration.ZERO),
        EventHistory.NONE,
        new MailFlow(MailFlow.State.UNKNOWN, List.of(why)),
        MailHistory.NONE,
        List.of(),
        List.of(),
        WaitHistory.NONE,
        limits);
  }

  /** The same history with other episodes. */
  public HostHistory with(EpisodeHistory others) {
    return new HostHistory(
        services,
        outages,
        updates,
        others,
        events,
        mailFlow,
        mailHistory,
        goneVirtualServers,
        volumeForecasts,
        waits,
        limits);
  }

  /** Whether each outage that began since then is among {@link #outages}, as far as is known. */
  public boolean hasOutagesSince(Instant from) {
    return outages.size() < MOST_OUTAGES || outages.get(outages.size() - 1).began().isBefore(from);
  }

  /** The same history with all times converted. */
  public HostHistory on(UnaryOperator<Instant> clock) {
    return new HostHistory(
        services.stream().map(service -> service.on(clock)).toList(),
        outages.stream().map(outage -> outage.on(clock)).toList(),
        updates.on(clock),
        episodes.on(clock),
        events.on(clock),
        mailFlow.on(clock),
        mailHistory.on(clock),
        goneVirtualServers.stream().map(server -> server.on(clock)).toList(),
        volumeForecasts.stream().map(forecast -> forecast.on(clock)).toList(),
        waits.on(clock),
        limits);
  }
}
