package dev.imfexporter.access;

import java.time.Duration;
import java.time.Instant;

/** The clock of a host, which need not agree with that of this machine. */
@FunctionalInterface
public interface HostClock {

  /**
   * A reading of the host's clock.
   *
   * @param precision by how much {@code now} may be wrong in either direction, apart from the time
   *     that the call took
   * @param sinceBoot for how long the host has been up. Another Windows machine reports it modulo
   *     49.7 days: if it was up for longer at the first call, the value is too small by a multiple
   *     of that, but it goes on when the count wraps
   */
  record HostTime(Instant now, Duration precision, Duration sinceBoot) {}

  HostTime now() throws AccessException;
}
