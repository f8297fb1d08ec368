package dev.imfexporter.watch.model;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What has happened on a host, by the evidence so far.
 *
 * @param services in the order of the newest poll
 * @param outages the newest ones of all services, newest first; those that last have no end
 * @param goneVirtualServers the newest first
 * @param limits of the host's configuration
 */
public record HostHistory(
    List<ServiceHistory> services,
    List<Outage> outages,
    UpdateHistory updates,
    EpisodeHistory episodes,
    EventHistory events,
    MailFlow mailFlow,
    List<GoneVirtualServer> goneVirtualServers,
    Limits limits) {
  public HostHistory {
    services = List.copyOf(services);
    outages = List.copyOf(outages);
    goneVirtualServers = List.copyOf(goneVirtualServers);
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
        goneVirtualServers.stream().map(server -> server.on(clock)).toList(),
        limits);
  }
}
