package dev.imfexporter.life;

import java.time.Instant;

/**
 * The exporter does not run.
 *
 * @param killed ended without an orderly shutdown
 */
public record Absence(Instant from, Instant until, boolean killed) {

  boolean covers(Instant t) {
    return !t.isBefore(from) && t.isBefore(until);
  }

  boolean touches(Instant begin, Instant end) {
    return from.isBefore(end) && begin.isBefore(until);
  }
}
