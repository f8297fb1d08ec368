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
 */
public record HostClockState(
    Instant time, Duration error, Duration sinceBoot, Optional<Instant> rebootPending) {}
