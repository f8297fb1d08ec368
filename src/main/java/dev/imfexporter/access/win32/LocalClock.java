package dev.imfexporter.access.win32;

import static dev.imfexporter.access.win32.Kernel32.KERNEL32;

import dev.imfexporter.access.HostClock;
import java.time.Duration;
import java.time.InstantSource;

/**
 * The clock of this machine.
 *
 * @param clock its wall clock, the same as that of the rest of this program
 */
record LocalClock(InstantSource clock) implements HostClock {
  /** The longest tick of Windows' clock: 64 in a second. */
  private static final Duration TICK = Duration.ofMillis(16);

  @Override
  public HostTime now() {
    return new HostTime(clock.instant(), TICK, Duration.ofMillis(KERNEL32.GetTickCount64()));
  }
}
