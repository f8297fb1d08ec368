package dev.imfexporter.exposition;

import static dev.imfexporter.metric.Catalogue.DEFINITION_BUILD;
import static dev.imfexporter.metric.Catalogue.DEFINITION_CHANGED;
import static dev.imfexporter.metric.Catalogue.DEFINITION_CHANGES;
import static dev.imfexporter.metric.Catalogue.DEFINITION_INFO;
import static dev.imfexporter.metric.Catalogue.DEFINITION_INSTALLED;
import static dev.imfexporter.metric.Catalogue.DEFINITION_UPDATES_ENABLED;
import static dev.imfexporter.metric.Catalogue.UPDATE_MARKER;

import dev.imfexporter.metric.UpdateMetrics;
import dev.imfexporter.reading.Definition;
import dev.imfexporter.reading.DefinitionVersion;
import dev.imfexporter.watch.HostSnapshot;
import dev.imfexporter.watch.model.UpdateHistory;

/** The definition, and the signs of updates. */
final class DefinitionFamilies {
  private DefinitionFamilies() {}

  static void add(Families families, HostSnapshot host) {
    host.readings().definition().value().ifPresent(read -> definition(families, read));
    updates(families, host.history().updates());
  }

  private static void definition(Families families, Definition definition) {
    definition
        .registered()
        .ifPresent(
            registered -> {
              version(families, "registry", registered.version());
              registered.installed().ifPresent(at -> families.of(DEFINITION_INSTALLED).add(at));
              registered.written().ifPresent(at -> families.of(DEFINITION_CHANGED).add(at));
            });
    definition.folder().ifPresent(folder -> version(families, "folder", folder.version()));
    definition
        .updatesEnabled()
        .ifPresent(enabled -> families.of(DEFINITION_UPDATES_ENABLED).add(enabled ? 1 : 0));
  }

  private static void version(Families families, String origin, DefinitionVersion version) {
    families.of(DEFINITION_INFO).add(1, origin, version.text());
    families.of(DEFINITION_BUILD).add(version.build(), origin);
  }

  private static void updates(Families families, UpdateHistory updates) {
    updates
        .markers()
        .forEach(
            sign ->
                families
                    .of(UPDATE_MARKER)
                    .add(sign.at(), sign.marker().word(), sign.update().word()));
    families.of(DEFINITION_CHANGES).add((double) updates.changes());
    updates
        .lastUpdate()
        .ifPresent(
            update -> families.of(UpdateMetrics.LAST_UPDATE).add(1, update.id(), update.title()));
  }
}
