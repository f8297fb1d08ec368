package dev.imfexporter.collector;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The time for one dialogue, of which a part can be kept for its end. For one thread. */
final class DialogueTime {
  private final Duration within;
  private final LongSupplier nanos;
  private final long began;
  private Duration kept = Duration.ZERO;

  /**
   * @param within for the whole dialogue, from now on
   * @param nanos a clock that is never set, as {@link System#nanoTime}
   */
  DialogueTime(Duration within, LongSupplier nanos) {
    this.within = within;
    this.nanos = nanos;
    began = nanos.getAsLong();
  }

  Duration took() {
    return Duration.ofNanos(nanos.getAsLong() - began);
  }

  /** Without the part that is kept; zero or negative if it is over. */
  Duration left() {
    return leftInAll().minus(kept);
  }

  /** With the part that is kept. */
  Duration leftInAll() {
    return within.minus(took());
  }

  boolean isOver() {
    return left().isNegative() || left().isZero();
  }

  /** From now on half of what is left is kept, until {@link #keepNothing}. */
  void keepHalf() {
    kept = leftInAll().dividedBy(2);
  }

  void keepNothing() {
    kept = Duration.ZERO;
  }
}
