package dev.imfexporter.watch.model;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A time in which a service that had been running was not RUNNING; one that ended is a restart.
 *
 * @param number see {@link OutageId}
 * @param began when the service left RUNNING
 * @param ended when it was RUNNING again; empty while it is not
 * @param phases those that a source observed from end to end; the others are absent, never 0
 * @param sources that reported it
 * @param crash whether it began with a failure of the service instead of a control
 * @param shutdown whether the host went down during it
 * @param startedBy who ended it, by the evidence; empty while it lasts
 */
public record Outage(
    String service,
    long number,
    Instant began,
    Optional<Instant> ended,
    Map<Phase, Duration> phases,
    Set<Source> sources,
    boolean crash,
    boolean shutdown,
    Optional<StartedBy> startedBy) {
  public Outage {
    phases = phases.isEmpty() ? Map.of() : new EnumMap<>(phases);
    sources = sources.isEmpty() ? Set.of() : EnumSet.copyOf(sources);
  }

  public OutageId id() {
    return new OutageId(service, number);
  }

  /** How long it took; empty while it lasts. */
  public Optional<Duration> total() {
    return ended.map(end -> Duration.between(began, end));
  }

  /**
   * Whether its length is one to compare with: a control stopped the service, on a host that stayed
   * up. Not in a boot, which stops and starts everything at once, and not after a failure, which
   * has no stop and waits for a recovery action. How long a person left the service stopped counts.
   */
  public boolean isComparable() {
    return !shutdown && !crash;
  }

  /** The same outage with its times converted. */
  public Outage on(UnaryOperator<Instant> clock) {
    return new Outage(
        service,
        number,
        clock.apply(began),
        ended.map(clock),
        phases,
        sources,
        crash,
        shutdown,
        startedBy);
  }
}
