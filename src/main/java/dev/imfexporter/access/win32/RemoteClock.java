package dev.imfexporter.access.win32;

import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.WinError;
import com.sun.jna.ptr.PointerByReference;
import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.Malformed;
import dev.imfexporter.access.HostClock;
import dev.imfexporter.access.format.Uptime;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The clock of another machine by NetRemoteTOD, whose hundredths of a second are the precision. Any
 * account that the machine lets in from the network may ask. Thread-safe.
 */
final class RemoteClock implements HostClock {
  private static final Duration HUNDREDTH = Duration.ofMillis(10);
  private static final int HUNDREDTHS = 100;

  private final String machine;
  private final Uptime uptime;

  /**
   * @param machine {@code \\name}
   * @param nanoTime a monotonic clock of this machine
   */
  RemoteClock(String machine, LongSupplier nanoTime) {
    this.machine = machine;
    this.uptime = new Uptime(nanoTime);
  }

  /**
   * The fields of TIME_OF_DAY_INFO that matter (<a
   * href="https://learn.microsoft.com/windows/win32/api/lmremutl/ns-lmremutl-time_of_day_info">page
   * </a>), all of them unsigned.
   *
   * @param elapsed seconds since 1970 in UTC
   * @param millis since the machine's start, modulo 2^32
   * @param hundredths of the second under way
   */
  record TimeOfDay(int elapsed, int millis, int hundredths) {
    Instant instant() throws Malformed {
      if (hundredths < 0 || hundredths >= HUNDREDTHS) {
        throw new Malformed("NetRemoteTOD: a second has no hundredth number " + hundredths);
      }
      return Instant.ofEpochSecond(Integer.toUnsignedLong(elapsed))
          .plus(HUNDREDTH.multipliedBy(hundredths));
    }
  }

  @Override
  public HostTime now() throws AccessException {
    TimeOfDay time = ask();
    return new HostTime(time.instant(), HUNDREDTH, uptime.of(time.millis()));
  }

  private TimeOfDay ask() throws AccessException {
    PointerByReference buffer = new PointerByReference();
    int code = Netapi32.Library.NETAPI32.NetRemoteTOD(machine, buffer);
    if (code != WinError.ERROR_SUCCESS) {
      throw Win32Errors.failed(
          "NetRemoteTOD " + machine, code, "the right to access the machine from the network");
    }
    Pointer info = buffer.getValue();
    try {
      return new TimeOfDay(info.getInt(0), info.getInt(4), info.getInt(20));
    } finally {
      Netapi32.Library.NETAPI32.NetApiBufferFree(info);
    }
  }
}
