package dev.imfexporter.websecurity;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Limits how often something is done: once each interval, and so many times at once. Thread-safe.
 */
public final class TokenBucket {
  private final long interval;
  private final int burst;
  private final LongSupplier nanoTime;
  private double tokens;
  private long filled;

  /**
   * @param interval positive
   * @param burst at least 1
   * @param nanoTime as {@link System#nanoTime}
   */
  public TokenBucket(Duration interval, int burst, LongSupplier nanoTime) {
    this.interval = interval.toNanos();
    this.burst = burst;
    this.nanoTime = nanoTime;
    this.tokens = burst;
    this.filled = nanoTime.getAsLong();
  }

  /** Whether it may be done now. */
  public synchronized boolean take() {
    long now = nanoTime.getAsLong();
    tokens = Math.min(burst, tokens + (double) (now - filled) / interval);
    filled = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
