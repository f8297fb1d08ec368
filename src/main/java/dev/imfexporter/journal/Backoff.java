package dev.imfexporter.journal;

import java.time.Duration;

/**
 * When a failed write is tried again: after 1 s, then after twice as long each time, up to 60 s.
 */
final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private Duration delay = Duration.ZERO;
  private Duration retryAt = Duration.ZERO;

  /**
   * Waits longer than after the failure before.
   *
   * @param now by the monotonic clock, as in the other methods
   */
  void failed(Duration now) {
    Duration twice = delay.multipliedBy(2);
    delay = delay.isZero() ? FIRST : twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    retryAt = now.plus(delay);
  }

  void reset() {
    delay = Duration.ZERO;
  }

  boolean isOver(Duration now) {
    return now.compareTo(retryAt) >= 0;
  }

  Duration rest(Duration now) {
    return retryAt.minus(now);
  }
}
