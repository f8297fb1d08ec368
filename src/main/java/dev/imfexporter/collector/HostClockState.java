package dev.imfexporter.collector;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The host itself.
 *
 * @param time what its clock showed when the reading ended
 * @param error by how much {@code time} may be wrong in either direction: the precision of the
 *     host's answer, and half the time that it took
 * @param sinceBoot for how long it has been up
 * @param rebootPending since when Windows has been waiting for a reboot to complete an update, by
 *     the host's clock; empty when it is not
 * @param windows the name of its Windows with service pack and build; empty if it was not read
 */
public record HostClockState(
    Instant time,
    Duration error,
    Duration sinceBoot,
    Optional<Instant> rebootPending,
    Optional<String> windows) {

  /** One whose Windows was not read. */
  public HostClockState(
      Instant time, Duration error, Duration sinceBoot, Optional<Instant> rebootPending) {
    this(time, error, sinceBoot, rebootPending, Optional.empty());
  }
}
