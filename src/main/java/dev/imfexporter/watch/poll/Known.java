package dev.imfexporter.watch.poll;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.watch.clock.Moment;
import java.util.Optional;

/** What is known of the host, as far as runs of its collectors depend on it. Must not block. */
public interface Known {

  /** Whether the services have been read since the exporter started. */
  boolean servicesRead();

  /** The newest known state of SMTPSVC; empty if it is not installed or was never read. */
  Optional<ServiceState> smtp();

  /** Whether the host sends the states of all services, and no poll contradicts them. */
  boolean allNotified();

  /** Whether an outage that is over waits for its events. */
  boolean outageAwaitsEvents();

  /** Whether IIS Admin stops or starts, so that its modules are to be listed often. */
  boolean iisAdminPending();

  /** Whether this program, and not the host, stood still at some time between. */
  boolean stoodStill(Moment since, Moment now);
}
