package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceStatus;
import java.util.Optional;

/**
 * One look at a service.
 *
 * @param status empty when the service is not installed
 * @param asked when the question was put; a look that was asked before the newest transition was
 *     seen is out of date by the time it is told, and says nothing
 * @param seen when the answer was known: the time of the transition that it shows for a
 *     notification, and no later than that plus the interval for a poll
 */
public record Observation(Optional<ServiceStatus> status, Moment asked, Moment seen) {}
