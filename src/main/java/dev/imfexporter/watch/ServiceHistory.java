package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What has happened to one service, as far as anybody knows.
 *
 * @param status the newest that any witness saw; empty while the service is not installed or not
 *     seen yet
 * @param witness what watches it now
 * @param outageStart when it left RUNNING; empty while it runs, and when nobody saw it leave
 * @param leftStopped it is STOPPED though it ran before: it was seen to, or it starts automatically
 *     and has run since the boot; never for a disabled service
 * @param lastStop when it last became STOPPED
 * @param lastStart when it last became RUNNING
 * @param lastCrash when it last stopped without being told to
 * @param newestOutage be it over or not
 * @param lastRestart the newest outage that is over; witnesses may yet tell its times better
 * @param restarts how many are over and settled
 * @param restartTime the sum of their durations
 * @param recentOutages how many began in the last 15 minutes
 * @param leftAutomatic when it was found not to start automatically any more; empty while it does
 *     and when it was never seen to
 * @param disagreements transitions of which a witness that should have told of them did not
 */
public record ServiceHistory(
    String name,
    Optional<ServiceStatus> status,
    Witness witness,
    Optional<Instant> outageStart,
    boolean leftStopped,
    Optional<Instant> lastStop,
    Optional<Instant> lastStart,
    Optional<Instant> lastCrash,
    Optional<Outage> newestOutage,
    Optional<Outage> lastRestart,
    long restarts,
    Duration restartTime,
    long recentOutages,
    Optional<Instant> leftAutomatic,
    long disagreements) {}
