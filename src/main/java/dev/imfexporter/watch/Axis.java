package dev.imfexporter.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one axis on which times are compared: the exporter's wall clock, made to go as evenly as its
 * monotonic one. Differences on it are true durations, as long as whoever keeps times moves them by
 * every jump.
 */
final class Axis {
  /** Less than this is a clock that is being trimmed, not set. */
  private static final Duration JUMP = Duration.ofSeconds(1);

  private @Nullable Duration offset;

  /**
   * Takes note of both clocks.
   *
   * @param still whether no duration is being measured, so that the axis may follow a wall clock
   *     that drifts
   * @return by how much the wall clock was set, if it was: all times that are kept are to be moved
   *     by that
   */
  Optional<Duration> follow(Moment now, boolean still) {
    Duration measured = offset(now);
    Duration known = offset;
    Duration jump = known == null ? Duration.ZERO : measured.minus(known);
    if (known == null || still || jump.abs().compareTo(JUMP) > 0) {
      offset = measured;
    }
    return jump.abs().compareTo(JUMP) > 0 ? Optional.of(jump) : Optional.empty();
  }

  /** When it was, by the wall clock as it goes now. */
  Instant at(Moment moment) {
    Duration known = offset;
    return Instant.EPOCH.plus(moment.ticks()).plus(known == null ? offset(moment) : known);
  }

  private static Duration offset(Moment moment) {
    return Duration.between(Instant.EPOCH, moment.wall()).minus(moment.ticks());
  }
}
