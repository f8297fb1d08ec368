package dev.imfexporter.life;

import java.time.Duration;
import java.time.Instant;

/**
 * The host's clock is set.
 *
 * @param at true time
 * @param before how far it was ahead of the true time
 * @param after how far it is ahead from now on
 */
public record ClockStep(Instant at, Duration before, Duration after) {

  Duration size() {
    return after.minus(before).abs();
  }
}
