package dev.imfexporter.exposition;

import dev.imfexporter.metric.Catalogue;
import dev.imfexporter.metric.MetricSpec;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The families of the catalogue while a scrape is put together. */
final class Families {
  private final Map<MetricSpec, Family> families = new LinkedHashMap<>();

  Families() {
    Catalogue.ofHosts().forEach(spec -> families.put(spec, new Family(spec)));
  }

  Family of(MetricSpec spec) {
    Family family = families.get(spec);
    if (family == null) {
      throw new IllegalArgumentException(spec.name() + " is not in the catalogue");
    }
    return family;
  }

  /** In the order of the catalogue; metrics without a sample are left out. */
  List<MetricFamilySamples> build() {
    return families.values().stream().map(Family::build).flatMap(Optional::stream).toList();
  }
}
