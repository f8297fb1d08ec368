package dev.imfexporter.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * An outage that ended in RUNNING.
 *
 * @param began when the service left RUNNING
 * @param ended when it was RUNNING again
 * @param total from one to the other, unaffected by clocks that were set meanwhile
 * @param phases those that a witness saw from end to end; the others are absent, never 0
 */
public record Restart(Instant began, Instant ended, Duration total, Map<Phase, Duration> phases) {
  public Restart {
    phases = phases.isEmpty() ? Map.of() : new EnumMap<>(phases);
  }
}
