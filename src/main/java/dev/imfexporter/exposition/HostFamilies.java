package dev.imfexporter.exposition;

import dev.imfexporter.metric.Catalogue;
import dev.imfexporter.reading.Result.Taken;
import dev.imfexporter.watch.HostSnapshot;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.List;

/** The metric families of one host, built anew from one snapshot. */
final class HostFamilies {
  private HostFamilies() {}

  /** In the order of the catalogue; metrics without a sample are left out. */
  static List<MetricFamilySamples> of(HostSnapshot host) {
    Families families = new Families();
    readings(families, host);
    ServiceFamilies.add(families, host);
    DefinitionFamilies.add(families, host);
    EpisodeFamilies.add(families, host.history().episodes());
    MailFamilies.add(families, host);
    EventFamilies.add(families, host.history().events());
    MachineFamilies.add(families, host);
    return families.build();
  }

  private static void readings(Families families, HostSnapshot host) {
    families.of(Catalogue.UP).add(host.up() ? 1 : 0);
    host.readings()
        .all()
        .forEach(reading -> reading(families, reading.name().word(), reading.taken()));
  }

  private static void reading(Families families, String name, Taken<?> taken) {
    families.of(Catalogue.READING_RESULT).states(taken.result().word(), name);
    if (taken.asked()) {
      families.of(Catalogue.READING_DURATION).add(taken.took(), name);
      families.of(Catalogue.READING_TIMESTAMP).add(taken.at(), name);
    }
  }
}
