package dev.imfexporter.exposition;

import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Definition;
import dev.imfexporter.collector.DefinitionVersion;
import dev.imfexporter.metric.UpdateMetrics;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.UpdateHistory;
import java.time.Instant;
import java.time.OffsetDateTime;

/** The definition, and the markers of updates. */
final class DefinitionFamilies {
  private DefinitionFamilies() {}

  static void add(Families families, HostSnapshot host) {
    host.collected().value(CollectorKey.DEFINITION).ifPresent(read -> definition(families, read));
    updates(families, host.history().updates());
    // The schedule is read every quarter of an hour, the services for each scrape.
    Instant now = host.collected().get(CollectorKey.SERVICES).at();
    families
        .of(UpdateMetrics.SCHEDULED)
        .add(
            host.collected()
                .value(CollectorKey.UPDATE_SCHEDULE)
                .flatMap(schedule -> schedule.next(now))
                .map(OffsetDateTime::toInstant));
  }

  private static void definition(Families families, Definition definition) {
    definition
        .registered()
        .ifPresent(
            registered -> {
              version(families, "registry", registered.version());
              families.of(UpdateMetrics.DEFINITION_INSTALLED).add(registered.installed());
              families.of(UpdateMetrics.DEFINITION_CHANGED).add(registered.written());
            });
    definition.folder().ifPresent(folder -> version(families, "folder", folder.version()));
    definition
        .updatesEnabled()
        .ifPresent(enabled -> families.of(UpdateMetrics.DEFINITION_UPDATES_ENABLED).add(enabled));
  }

  private static void version(Families families, String origin, DefinitionVersion version) {
    families.of(UpdateMetrics.DEFINITION_INFO).add(1, origin, version.text());
    families.of(UpdateMetrics.DEFINITION_BUILD).add(version.build(), origin);
  }

  private static void updates(Families families, UpdateHistory updates) {
    updates
        .markers()
        .forEach(
            marker ->
                families
                    .of(UpdateMetrics.UPDATE_MARKER)
                    .add(marker.at(), marker.marker().word(), marker.update().word()));
    updates
        .failures()
        .forEach(
            update ->
                families
                    .of(UpdateMetrics.FAILED)
                    .add(update.at(), update.update().word(), update.id(), update.title()));
    updates
        .pending()
        .forEach(update -> families.of(UpdateMetrics.PENDING).add(1, update.id(), update.title()));
    families.of(UpdateMetrics.DEFINITION_CHANGES).add(updates.changes());
    updates
        .lastUpdate()
        .ifPresent(
            update -> families.of(UpdateMetrics.LAST_UPDATE).add(1, update.id(), update.title()));
  }
}
