package dev.imfexporter.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A time in which a service that had been running was not RUNNING; one that ended is a restart.
 *
 * @param began when the service left RUNNING
 * @param ended when it was RUNNING again; empty while it is not
 * @param phases those that a witness saw from end to end; the others are absent, never 0
 * @param witnesses who told of it
 * @param crash whether it began with a failure of the service instead of an order
 * @param shutdown whether the host went down during it
 * @param startedBy who ended it, as far as there is evidence; empty while it lasts
 */
public record Outage(
    String service,
    Instant began,
    Optional<Instant> ended,
    Map<Phase, Duration> phases,
    Set<Witness> witnesses,
    boolean crash,
    boolean shutdown,
    Optional<StartedBy> startedBy) {
  public Outage {
    phases = phases.isEmpty() ? Map.of() : new EnumMap<>(phases);
    witnesses = witnesses.isEmpty() ? Set.of() : EnumSet.copyOf(witnesses);
  }

  /** How long it took; empty while it lasts. */
  public Optional<Duration> total() {
    return ended.map(end -> Duration.between(began, end));
  }
}
