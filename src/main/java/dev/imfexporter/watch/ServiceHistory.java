package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What has happened to one service since this program began to watch it.
 *
 * @param status the newest that any witness saw; empty while the service is not installed
 * @param witness what watches it now
 * @param outageStart when it left RUNNING; empty while it runs, and when nobody saw it leave
 * @param leftStopped it is STOPPED though it ran before: it was seen to, or it starts automatically
 *     and has run since the boot; never for a disabled service
 * @param lastStop when it last became STOPPED
 * @param lastStart when it last became RUNNING
 * @param lastRestart the newest one that was seen from end to end
 * @param restarts how many were seen
 * @param restartTime the sum of their durations
 */
public record ServiceHistory(
    String name,
    Optional<ServiceStatus> status,
    Witness witness,
    Optional<Instant> outageStart,
    boolean leftStopped,
    Optional<Instant> lastStop,
    Optional<Instant> lastStart,
    Optional<Restart> lastRestart,
    long restarts,
    Duration restartTime) {}
