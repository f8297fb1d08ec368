package dev.imfexporter.access.format;

import dev.imfexporter.access.AccessException.Malformed;
import dev.imfexporter.access.HostClock.HostTime;
import java.time.Duration;
import java.time.Instant;

/**
 * The fields of TIME_OF_DAY_INFO that are used here, all of them unsigned (<a
 * href="https://learn.microsoft.com/windows/win32/api/lmremutl/ns-lmremutl-time_of_day_info">page
 * </a>, MS-SRVS 2.2.4.105).
 *
 * @param elapsed seconds since 1970 in UTC
 * @param millis since the machine's start, modulo 2^32
 * @param hundredths of the current second
 */
public record TimeOfDay(int elapsed, int millis, int hundredths) {
  private static final Duration HUNDREDTH = Duration.ofMillis(10);

  /**
   * The clock, as precise as a hundredth of a second.
   *
   * @param uptime of the same host
   */
  public HostTime at(Uptime uptime) throws Malformed {
    if (hundredths < 0 || hundredths >= 100) {
      throw new Malformed("NetRemoteTOD: a second has no hundredth number " + hundredths);
    }
    Instant now =
        Instant.ofEpochSecond(Integer.toUnsignedLong(elapsed))
            .plus(HUNDREDTH.multipliedBy(hundredths));
    return new HostTime(now, HUNDREDTH, uptime.of(millis));
  }
}
