package dev.imfexporter.collector;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The end of one run of a collector.
 *
 * @param at when it ended or was given up, by the exporter's clock
 * @param took from the request until {@code at}; zero if the host was not asked
 */
public record Timed<T>(CollectorKey<T> key, Result<T> result, Instant at, Duration took) {

  /** Whether the host was asked. */
  public boolean asked() {
    return !took.isZero();
  }

  /** The value, if there is one. */
  public Optional<T> value() {
    return result.value();
  }
}
