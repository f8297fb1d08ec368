package dev.imfexporter.watch;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.watch.model.HostHistory;

/**
 * One truth about a host: its readings and, from the same readings, its history. A watcher hands
 * out the same instance for as long as nothing changed.
 *
 * @param name of the host, as configured
 */
public record HostSnapshot(
    String name, AccessKind access, Readings readings, HostHistory history, Troubles troubles) {

  /** Whether the host could be read: without its services, whether mail flows is not known. */
  public boolean up() {
    return readings.services().value().isPresent();
  }
}
