package dev.imfexporter.testing;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.Volumes.Volume;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.MailFolders;
import dev.imfexporter.collector.MailVolumes;
import dev.imfexporter.collector.Result;
import dev.imfexporter.collector.Services;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.watch.ObservedState;
import dev.imfexporter.watch.model.Collected;
import dev.imfexporter.watch.model.ComponentWait;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.EpisodeHistory;
import dev.imfexporter.watch.model.EventHistory;
import dev.imfexporter.watch.model.Failures;
import dev.imfexporter.watch.model.GoneVirtualServer;
import dev.imfexporter.watch.model.HostHistory;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.MailHistory;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.PendingUpdate;
import dev.imfexporter.watch.model.ServiceHistory;
import dev.imfexporter.watch.model.SmtpAddress;
import dev.imfexporter.watch.model.UpdateHistory;
import dev.imfexporter.watch.model.UpdateMarker;
import dev.imfexporter.watch.model.VolumeForecast;
import dev.imfexporter.watch.model.WaitHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Builds a snapshot of a host. Without any call: no service is watched, every other collector is
 * switched off, nothing happened, and mail flow is unknown.
 */
public final class HostSnapshotBuilder {
  private static final Instant BEGAN = Instant.parse("2026-11-22T03:00:00Z");

  private final String name;
  private final Instant at;
  private final Map<CollectorKey<?>, Timed<?>> results = new LinkedHashMap<>();
  private final List<Services.Service> services = new ArrayList<>();
  private final List<ServiceHistory> histories = new ArrayList<>();
  private final List<Outage> outages = new ArrayList<>();
  private final List<UpdateMarker> markers = new ArrayList<>();
  private final List<UpdateMarker> failures = new ArrayList<>();
  private final List<PendingUpdate> pending = new ArrayList<>();
  private AccessKind access = AccessKind.LOCAL;
  private SmtpAddress smtp = SmtpAddress.DEFAULT;
  private Duration took = Duration.ofMillis(3);
  private long definitionChanges;
  private EpisodeHistory episodes = episodes(Map.of());
  private EventHistory events = EventHistory.NONE;
  private List<GoneVirtualServer> gone = List.of();
  private final List<MailVolumes.MailVolume> volumes = new ArrayList<>();
  private final List<VolumeForecast> forecasts = new ArrayList<>();
  private WaitHistory waits = WaitHistory.NONE;
  private MailHistory mailHistory = MailHistory.NONE;
  private MailFlow mailFlow = new MailFlow(MailFlow.State.UNKNOWN, List.of());

  /**
   * @param at when collectors ended, unless a call says otherwise
   */
  public HostSnapshotBuilder(String name, Instant at) {
    this.name = name;
    this.at = at;
  }

  public HostSnapshotBuilder access(AccessKind kind) {
    access = kind;
    return this;
  }

  public HostSnapshotBuilder smtp(SmtpAddress address) {
    smtp = address;
    return this;
  }

  /** How long the collectors that follow took; 3 ms otherwise. */
  public HostSnapshotBuilder took(Duration each) {
    took = each;
    return this;
  }

  public <T> HostSnapshotBuilder result(
      CollectorKey<T> key, Result<T> result, Instant ended, Duration lasted) {
    results.put(key, new Timed<>(key, result, ended, lasted));
    return this;
  }

  public <T> HostSnapshotBuilder result(CollectorKey<T> key, Result<T> result) {
    return result(key, result, at, took);
  }

  public <T> HostSnapshotBuilder ok(CollectorKey<T> key, T value) {
    return result(key, new Result.Ok<>(value));
  }

  public <T> HostSnapshotBuilder failed(CollectorKey<T> key, String why) {
    return failed(key, why, ErrorReason.OTHER);
  }

  public <T> HostSnapshotBuilder failed(CollectorKey<T> key, String why, ErrorReason error) {
    return result(key, new Result.Failed<>(why, error));
  }

  /** A further volume of the mail folders, which has Queue of SMTP 1. */
  public HostSnapshotBuilder volume(String volume, long free, long size) {
    volumes.removeIf(other -> other.name().equals(volume));
    volumes.add(
        new MailVolumes.MailVolume(
            new Volume(volume, free, size),
            List.of(new MailVolumes.Folder("SMTP 1", MailFolders.Purpose.QUEUE))));
    return ok(CollectorKey.VOLUMES, new MailVolumes(volumes));
  }

  /** The growth of a volume ends its room at that time. */
  public HostSnapshotBuilder fills(String volume, Instant full) {
    forecasts.add(new VolumeForecast(volume, 300L << 20, Duration.ofMinutes(100), full));
    return this;
  }

  /** The host was not asked. */
  public <T> HostSnapshotBuilder notApplicable(CollectorKey<T> key, String why) {
    return result(key, new Result.NotApplicable<>(why), at, Duration.ZERO);
  }

  /** Services as they were read, and their history. */
  public HostSnapshotBuilder services(ServiceBuilder... more) {
    servicesWithoutHistory(more);
    return servicesNotRead(more);
  }

  public HostSnapshotBuilder servicesWithoutHistory(ServiceBuilder... more) {
    Arrays.stream(more).map(ServiceBuilder::read).forEach(services::add);
    return this;
  }

  public HostSnapshotBuilder servicesNotRead(ServiceBuilder... more) {
    Arrays.stream(more).map(ServiceBuilder::history).forEach(histories::add);
    return this;
  }

  public HostSnapshotBuilder outages(Outage... more) {
    outages.addAll(List.of(more));
    return this;
  }

  public HostSnapshotBuilder markers(UpdateMarker... more) {
    markers.addAll(List.of(more));
    return this;
  }

  /** Updates that failed and were not installed since. */
  public HostSnapshotBuilder failures(UpdateMarker... more) {
    failures.addAll(List.of(more));
    return this;
  }

  public HostSnapshotBuilder pending(PendingUpdate... more) {
    pending.addAll(List.of(more));
    return this;
  }

  public HostSnapshotBuilder definitionChanges(long count) {
    definitionChanges = count;
    return this;
  }

  public HostSnapshotBuilder episodes(EpisodeHistory history) {
    episodes = history;
    return this;
  }

  public HostSnapshotBuilder openEpisode(Episode open) {
    return episodes(
        new EpisodeHistory(
            Optional.of(open), episodes.closed(), episodes.outcomes(), 0, Duration.ZERO));
  }

  /** Episodes that are over, oldest first. */
  public HostSnapshotBuilder closedEpisodes(Episode... closed) {
    return episodes(
        new EpisodeHistory(
            episodes.present(), List.of(closed), episodes.outcomes(), 0, Duration.ZERO));
  }

  public HostSnapshotBuilder events(EventHistory history) {
    events = history;
    return this;
  }

  public HostSnapshotBuilder mailFlow(MailFlow.State state, String... evidence) {
    mailFlow = new MailFlow(state, List.of(evidence));
    return this;
  }

  public HostSnapshotBuilder mailHistory(MailHistory past) {
    mailHistory = past;
    return this;
  }

  /** It is halted, since a service that carries it went down. */
  public HostSnapshotBuilder mailFlow(MailFlow flow) {
    mailFlow = flow;
    return this;
  }

  public HostSnapshotBuilder halted(MailFlow.Halt halt, String... evidence) {
    mailFlow = new MailFlow(MailFlow.State.HALTED, List.of(evidence)).halted(Optional.of(halt));
    return this;
  }

  /** Virtual servers that a start of SMTPSVC did not bring back. */
  public HostSnapshotBuilder gone(GoneVirtualServer... servers) {
    gone = List.of(servers);
    return this;
  }

  /** Stops and starts of IIS Admin that are over, oldest first. */
  public HostSnapshotBuilder waits(ComponentWait... past) {
    waits = new WaitHistory(List.of(past), Optional.empty());
    return this;
  }

  /** The stop or start of IIS Admin that lasts. */
  public HostSnapshotBuilder waiting(ComponentWait present) {
    waits = new WaitHistory(waits.past(), Optional.of(present));
    return this;
  }

  /** No episode but those that are only counted; outcomes that are left out have none. */
  public static EpisodeHistory episodes(Map<Episode.Outcome, Long> counts) {
    return new EpisodeHistory(
        Optional.empty(),
        List.of(),
        Arrays.stream(Episode.Outcome.values())
            .collect(Collectors.toMap(Function.identity(), o -> counts.getOrDefault(o, 0L))),
        0,
        Duration.ZERO);
  }

  public HostSnapshot build() {
    List<Timed<?>> all = new ArrayList<>(results.values());
    if (!results.containsKey(CollectorKey.SERVICES)) {
      all.add(
          new Timed<>(CollectorKey.SERVICES, new Result.Ok<>(new Services(services)), at, took));
    }
    return new HostSnapshot(
        name,
        access,
        smtp,
        Collected.of(all, BEGAN),
        new HostHistory(
            histories,
            outages,
            new UpdateHistory(markers, failures, pending, definitionChanges),
            episodes,
            events,
            mailFlow,
            mailHistory,
            gone,
            forecasts,
            waits,
            ObservedState.LIMITS),
        Failures.NONE);
  }
}
