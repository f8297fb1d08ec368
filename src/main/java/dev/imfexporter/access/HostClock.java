package dev.imfexporter.access;

import java.time.Duration;
import java.time.Instant;

/** The clock of a host, which need not agree with that of this machine. */
@FunctionalInterface
public interface HostClock {

  /**
   * What the host's clock shows.
   *
   * @param precision by how much {@code now} may be wrong in either direction, apart from the time
   *     that the call took
   * @param sinceBoot for how long the host has been up. Another Windows machine tells it modulo
   *     49.7 days: one that was up for longer when it was first asked seems younger by that much or
   *     a multiple, but does not seem to boot when its count starts anew
   */
  record HostTime(Instant now, Duration precision, Duration sinceBoot) {}

  HostTime now() throws AccessException;
}
