package dev.imfexporter.watch;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time in which the host was down, by the exporter's clock.
 *
 * @param down when it was shut down; without an orderly shutdown, when it was last known to be up
 * @param up when it came up again
 */
public record Boot(Instant down, Instant up, boolean orderly) {

  Boot shifted(Duration by) {
    return new Boot(down.plus(by), up.plus(by), orderly);
  }

  /** Whether the host was down at some time in between; an end that is null is yet to come. */
  boolean within(Instant from, @Nullable Instant to) {
    return !up.isBefore(from) && (to == null || !down.isAfter(to));
  }
}
