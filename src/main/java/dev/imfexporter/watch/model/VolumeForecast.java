package dev.imfexporter.watch.model;

import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * When a volume will be full if what is on it goes on growing as it did. There is one only while it
 * grows steadily.
 *
 * @param volume its name
 * @param bytesPerHour the growth, of the slowest half-hour of those that were measured
 * @param measured over how long
 * @param full when nothing will be free; at most 30 days ahead
 */
public record VolumeForecast(String volume, long bytesPerHour, Duration measured, Instant full) {

  /** The same with its time converted. */
  public VolumeForecast on(UnaryOperator<Instant> clock) {
    return new VolumeForecast(volume, bytesPerHour, measured, clock.apply(full));
  }
}
