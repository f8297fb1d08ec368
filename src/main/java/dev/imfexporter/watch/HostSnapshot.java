package dev.imfexporter.watch;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.reading.Definition;
import dev.imfexporter.reading.Result.Taken;
import dev.imfexporter.reading.Services;
import dev.imfexporter.reading.Smtp;
import java.util.List;

/**
 * One truth about a host: its readings and, from the same readings, its history. A watcher hands
 * out the same instance for as long as nothing changed.
 *
 * @param name of the host, as configured
 * @param histories in the order of the newest reading of the services
 */
public record HostSnapshot(
    String name,
    AccessKind access,
    Taken<Services> services,
    Taken<Definition> definition,
    Taken<Smtp> smtp,
    List<ServiceHistory> histories,
    UpdateHistory updates) {
  public HostSnapshot {
    histories = List.copyOf(histories);
  }

  /** Whether the host could be read: without its services, whether mail flows is not known. */
  public boolean up() {
    return services.value().isPresent();
  }
}
