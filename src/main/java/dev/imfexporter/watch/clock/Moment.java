package dev.imfexporter.watch.clock;

import java.time.Duration;
import java.time.Instant;

/**
 * A moment on both clocks of this program.
 *
 * @param wall for time stamps; it may be set forward or back
 * @param ticks since an arbitrary start, for durations; never goes back
 */
public record Moment(Instant wall, Duration ticks) {

  /** How long after the earlier moment this one is; never affected by a clock that is set. */
  public Duration since(Moment earlier) {
    return ticks.minus(earlier.ticks);
  }

  public Moment plus(Duration duration) {
    return new Moment(wall.plus(duration), ticks.plus(duration));
  }

  public boolean isBefore(Moment other) {
    return ticks.compareTo(other.ticks) < 0;
  }
}
