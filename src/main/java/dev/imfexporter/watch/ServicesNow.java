package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.watch.outage.OutageTracker;
import java.util.List;
import java.util.Optional;

/**
 * What the sources of this run say about the services now. As thread-safe as its {@link HostState}.
 */
public final class ServicesNow {
  private final OutageTracker outages;
  private final ComponentWaits waits;

  ServicesNow(OutageTracker outages, ComponentWaits waits) {
    this.outages = outages;
    this.waits = waits;
  }

  /** Whether the services were polled in this run; without that, their events mean little. */
  public boolean isPolled() {
    return outages.isPolled();
  }

  /** Whether an outage that ended waits for its events. */
  public boolean awaitsEvents() {
    return outages.unsettled().stream().anyMatch(outage -> outage.ended().isPresent());
  }

  /** Whether IIS Admin stops or starts, so that its modules are to be listed each second. */
  public boolean isIisAdminPending() {
    return waits.isSampled();
  }

  /** Whether a poll contradicts a notification, so that another poll has to decide. */
  public boolean isInDoubt() {
    return outages.isInDoubt();
  }

  /** The newest status; empty when the service is not installed or was not polled. */
  public Optional<ServiceStatus> status(String service) {
    return outages.status(service);
  }

  /** The installed services of the newest poll, in its order. */
  public List<String> installed() {
    return outages.services().stream()
        .filter(service -> service.status().isPresent())
        .map(service -> service.name())
        .toList();
  }
}
