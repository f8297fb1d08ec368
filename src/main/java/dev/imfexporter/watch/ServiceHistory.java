package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What has happened to one service, as far as any witness told and the journal remembers.
 *
 * @param status the newest that a poll or a notification saw; empty while the service is not
 *     installed
 * @param witness what watches it now
 * @param outageStart when it left RUNNING; empty while it runs, and when nobody saw it leave
 * @param leftStopped it is STOPPED though it ran before: it was seen to, or it starts automatically
 *     and has run since the boot; never for a disabled service
 * @param lastStop when it last became STOPPED
 * @param lastStart when it last became RUNNING
 * @param lastRestart the newest one that was seen from end to end; until it is settled, later
 *     witnesses may still tell it more precisely
 * @param restarts how many were seen and are settled
 * @param restartTime the sum of their durations
 * @param lastCrash when it last stopped by a failure of its own instead of an order
 * @param recentOutages how many began within the last 15 minutes
 * @param leftAutomatic when its start mode was found changed from an automatic one to manual or
 *     disabled; empty while it starts automatically, and when it was never seen to
 * @param disagreements transitions that one witness told of and another that should have did not
 */
public record ServiceHistory(
    String name,
    Optional<ServiceStatus> status,
    Witness witness,
    Optional<Instant> outageStart,
    boolean leftStopped,
    Optional<Instant> lastStop,
    Optional<Instant> lastStart,
    Optional<Outage> lastRestart,
    long restarts,
    Duration restartTime,
    Optional<Instant> lastCrash,
    long recentOutages,
    Optional<Instant> leftAutomatic,
    long disagreements) {}
