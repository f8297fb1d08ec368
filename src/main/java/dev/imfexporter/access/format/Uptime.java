package dev.imfexporter.access.format;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a machine has been up, computed from a count of milliseconds that wraps every 49.7 days.
 * A wrap differs from a boot by the time that has passed on this machine since the last count. If
 * the machine was up for longer at the first count, the multiple of 49.7 days is unknown, and its
 * boot seems later than it was. Thread-safe.
 */
public final class Uptime {
  private static final Duration WRAP = Duration.ofMillis(1L << Integer.SIZE);

  /** Allowed for the drift of the two machines' oscillators and for a slow answer. */
  private static final Duration TOLERANCE = Duration.ofMinutes(1);

  private final LongSupplier nanoTime;
  private boolean asked;
  private Duration last = Duration.ZERO;
  private long lastAt;

  public Uptime(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * @param millis since the start of the machine modulo 2^32, unsigned
   */
  public synchronized Duration of(int millis) {
    Duration counted = Duration.ofMillis(Integer.toUnsignedLong(millis));
    long now = nanoTime.getAsLong();
    Duration expected = last.plusNanos(now - lastAt);
    long wraps = asked ? expected.minus(counted).plus(TOLERANCE).dividedBy(WRAP) : 0;
    Duration unwrapped = counted.plus(WRAP.multipliedBy(Math.max(0, wraps)));
    boolean stayedUp = expected.minus(unwrapped).abs().compareTo(TOLERANCE) <= 0;
    last = asked && stayedUp ? unwrapped : counted;
    lastAt = now;
    asked = true;
    return last;
  }
}
