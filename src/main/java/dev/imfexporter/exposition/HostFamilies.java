package dev.imfexporter.exposition;

import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.metric.HostMetrics;
import dev.imfexporter.trouble.Troubles;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.Limits.Limit;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.List;

/** The metric families of one host, made of one snapshot. */
final class HostFamilies {
  private HostFamilies() {}

  static List<MetricFamilySamples> of(HostSnapshot host) {
    Families families = new Families();
    readings(families, host);
    ServiceFamilies.add(families, host);
    DefinitionFamilies.add(families, host);
    EpisodeFamilies.add(families, host.history().episodes());
    MailFamilies.add(families, host);
    VolumeFamilies.add(families, host);
    DialogueFamilies.add(families, host);
    EventFamilies.add(families, host.history().events());
    host.collected()
        .get(CollectorKey.EVENTS)
        .value()
        .ifPresent(read -> EventFamilies.add(families, read));
    MachineFamilies.add(families, host);
    TroubleFamilies.add(families, Troubles.of(host));
    return families.build();
  }

  private static void readings(Families families, HostSnapshot host) {
    families.of(HostMetrics.UP).add(host.up());
    for (Limit limit : Limit.values()) {
      families.of(HostMetrics.LIMIT).add(host.history().limits().get(limit), limit.word());
    }
    host.collected().all().forEach(run -> reading(families, run.key().word(), run));
  }

  private static void reading(Families families, String name, Timed<?> run) {
    families.of(HostMetrics.READING_RESULT).states(run.result().word(), name);
    if (run.asked()) {
      families.of(HostMetrics.READING_DURATION).add(run.took(), name);
      families.of(HostMetrics.READING_TIMESTAMP).add(run.at(), name);
    }
  }
}
