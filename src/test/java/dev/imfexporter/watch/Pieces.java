package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.reading.Definition;
import dev.imfexporter.reading.Result;
import dev.imfexporter.reading.Result.Taken;
import dev.imfexporter.reading.Services;
import dev.imfexporter.reading.Smtp;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.EpisodeHistory;
import dev.imfexporter.watch.model.EventHistory;
import dev.imfexporter.watch.model.HostHistory;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.ServiceHistory;
import dev.imfexporter.watch.model.ServiceHistory.Condition;
import dev.imfexporter.watch.model.Standing;
import dev.imfexporter.watch.model.UpdateHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Pieces of snapshots for those who are not asked about in a test. */
public final class Pieces {
  private Pieces() {}

  /** Readings of which the newer kinds are switched off. */
  public static Readings readings(
      Taken<Services> services, Taken<Definition> definition, Taken<Smtp> smtp) {
    return new Readings(services, definition, smtp, off(), off(), off(), off(), off(), off());
  }

  /** What was not read. */
  public static <T> Taken<T> off() {
    return new Taken<>(
        new Result.NotApplicable<>("Switched off by the configuration"),
        Instant.parse("2026-11-22T03:00:00Z"),
        Duration.ZERO);
  }

  /** A history without episodes and events. */
  public static HostHistory history(List<ServiceHistory> services, UpdateHistory updates) {
    return new HostHistory(
        services,
        List.of(),
        updates,
        episodes(),
        EventHistory.NONE,
        new MailFlow(MailFlow.State.UNKNOWN, List.of()),
        ObservedState.LIMITS);
  }

  /** The condition of a service that was seen to leave RUNNING, or is known to have run. */
  public static Condition condition(
      Optional<ServiceStatus> status, Optional<Instant> outage, boolean leftStopped) {
    if (status.isEmpty()) {
      return Condition.of(Standing.MISSING);
    }
    if (status.get().state() == ServiceState.RUNNING) {
      return Condition.of(Standing.RUNNING);
    }
    boolean down = outage.isPresent() || leftStopped;
    return down ? new Condition(Standing.DOWN, outage, false) : Condition.of(Standing.RESTING);
  }

  /** No episode so far. */
  public static EpisodeHistory episodes() {
    return new EpisodeHistory(
        Optional.empty(),
        List.of(),
        Arrays.stream(Episode.Outcome.values())
            .collect(Collectors.toMap(Function.identity(), o -> 0L)),
        0,
        Duration.ZERO);
  }
}
