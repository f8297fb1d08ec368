package dev.imfexporter.watch.model;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.collector.CollectorKey;

/**
 * What is known of a host at one moment: what was collected, and the history that follows from it.
 * While nothing changes, a watcher returns the same instance again.
 *
 * @param name of the host, as configured
 * @param failures of its collectors since the exporter started
 */
public record HostSnapshot(
    String name, AccessKind access, Collected collected, HostHistory history, Failures failures) {

  /** Whether the services could be read: without them, the state of mail flow is unknown. */
  public boolean up() {
    return collected.value(CollectorKey.SERVICES).isPresent();
  }
}
