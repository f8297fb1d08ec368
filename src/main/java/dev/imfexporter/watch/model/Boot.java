package dev.imfexporter.watch.model;

import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A time in which the host was down.
 *
 * @param down when it was shut down; without an orderly shutdown, the last time at which it was
 *     known to be up
 * @param up when it came up again
 */
public record Boot(Instant down, Instant up, boolean orderly) {

  /** The same boot with its times converted. */
  public Boot on(UnaryOperator<Instant> clock) {
    return new Boot(clock.apply(down), clock.apply(up), orderly);
  }

  /** Whether the host was down at some time in between; an end that is null is yet to come. */
  public boolean within(Instant from, @Nullable Instant to) {
    return !up.isBefore(from) && (to == null || !down.isAfter(to));
  }
}
