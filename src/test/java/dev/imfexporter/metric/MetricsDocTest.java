package dev.imfexporter.metric;

import dev.imfexporter.Golden;
import dev.imfexporter.metric.MetricSpec.Label;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/metrics.md is the catalogue, written out. */
class MetricsDocTest {

  @Test
  void documentIsTheCatalogue() throws IOException {
    StringBuilder doc =
        new StringBuilder(
            """
            # Metrics

            Generated from the catalogue (`dev.imfexporter.metric.Catalogue`) by `mvn test -Dgolden.update`; do
            not edit. States are 0/1 gauges, one series for each state. What could not be read is absent,
            never 0; what happened (counts, sums, last timestamps) stays while the host cannot be read.
            Counters of the SMTP server are those of Windows and begin anew with the service.

            """);
    for (MetricGroup group : Catalogue.groups()) {
      doc.append("## ").append(group.title()).append("\n\n");
      group.specs().forEach(spec -> metric(doc, spec));
    }
    doc.append(
        """
        ## By Micrometer

        `/metrics` also has the longest duration of the last minutes beside each summary of the exporter
        (`imf_exporter_collector_duration_seconds_max`, `imf_exporter_http_request_seconds_max`) and the usual `jvm_*`,
        `process_*` and `system_*`.
        """);
    Golden.assertMatches(Path.of("docs/metrics.md"), doc.toString());
  }

  private static void metric(StringBuilder doc, MetricSpec spec) {
    doc.append("### ").append(spec.name()).append("\n\n").append(spec.help()).append("\n\n");
    doc.append("- type: ").append(spec.type().word()).append("\n");
    for (Label label : spec.labels()) {
      doc.append("- label `").append(label.name()).append("`: ").append(values(label)).append("\n");
      label.values().stream()
          .filter(label.meanings()::containsKey)
          .forEach(v -> doc.append("  - `%s`: %s\n".formatted(v, label.meanings().get(v))));
    }
    doc.append("- from: ").append(spec.origin()).append("\n\n");
  }

  private static String values(Label label) {
    return label.values().isEmpty()
        ? "any value"
        : label.values().stream().map(v -> "`" + v + "`").collect(Collectors.joining(", "));
  }
}
