package dev.imfexporter.watch;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.reading.Definition;
import dev.imfexporter.reading.Result.Taken;
import dev.imfexporter.reading.Services;
import dev.imfexporter.reading.Smtp;
import java.util.List;

/**
 * One truth about a host: its readings and, from the same readings, its history. Two snapshots with
 * the same {@code revision} from one watcher are equal.
 *
 * @param name of the host, as configured
 * @param services in the order of the reading
 */
public record HostSnapshot(
    String name,
    AccessKind access,
    long revision,
    Taken<Services> services,
    Taken<Definition> definition,
    Taken<Smtp> smtp,
    List<ServiceHistory> histories,
    UpdateHistory updates) {
  public HostSnapshot {
    histories = List.copyOf(histories);
  }

  /** Whether the host could be read: at least one of its readings brought a value. */
  public boolean up() {
    return services.value().isPresent()
        || definition.value().isPresent()
        || smtp.value().isPresent();
  }
}
