package dev.imfexporter.access.format;

import java.time.Instant;
import java.util.Optional;

/**
 * Windows' time stamps: 100 ns steps since 1601-01-01 UTC (<a
 * href="https://learn.microsoft.com/windows/win32/api/minwinbase/ns-minwinbase-filetime">FILETIME
 * </a>).
 */
public final class FileTime {
  private static final long STEPS_PER_SECOND = 10_000_000;
  private static final long NANOS_PER_STEP = 100;
  private static final long UNIX_EPOCH_SECONDS = 11_644_473_600L;

  private FileTime() {}

  /**
   * The moment of a time stamp.
   *
   * @param steps the two halves of a FILETIME as one unsigned number
   * @return empty for 0, which means that the moment is not known
   */
  public static Optional<Instant> instant(long steps) {
    if (steps == 0) {
      return Optional.empty();
    }
    long seconds = Long.divideUnsigned(steps, STEPS_PER_SECOND);
    long rest = Long.remainderUnsigned(steps, STEPS_PER_SECOND);
    return Optional.of(Instant.ofEpochSecond(seconds - UNIX_EPOCH_SECONDS, rest * NANOS_PER_STEP));
  }
}
