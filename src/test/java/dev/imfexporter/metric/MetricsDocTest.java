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

            Written from the catalogue (`dev.imfexporter.metric.Catalogue`) by `mvn test -Dgolden.update`; do
            not edit. States are 0/1 gauges, one series for each state. What could not be read is absent,
            never 0; what happened (counts, sums, last timestamps) stays while the host cannot be read.
            Counters of the SMTP server are those of Windows and begin anew with the service.

            """);
    for (MetricSpec spec : Catalogue.all()) {
      doc.append("## ").append(spec.name()).append("\n\n").append(spec.help()).append("\n\n");
      doc.append("- type: ").append(spec.type().word()).append("\n");
      for (Label label : spec.labels()) {
        doc.append("- label `").append(label.name()).append("`: ").append(values(label));
        doc.append("\n");
      }
      doc.append("- from: ").append(spec.origin()).append("\n\n");
    }
    doc.append(
        """
        # The exporter's own metrics

        By Micrometer, on `/metrics` only: `imf_exporter_build_info` (labels `version`, `java_version`),
        `imf_exporter_hosts`, `imf_exporter_stuck_readings` (readings that have taken longer than they may
        and have not returned), `imf_auth_blocked` (label `auth`: 1 while a host that refused that account,
        or every host, is not asked with it), `imf_journal_writable`,
        `imf_exporter_config_last_reload_successful`,
        `imf_exporter_config_last_reload_success_timestamp_seconds`, `imf_exporter_call_seconds` (summary of readings; labels `reading`,
        `result`), `imf_exporter_http_request_seconds` (summary of requests; labels `route`, `method`,
        `status`), and Micrometer's usual `jvm_*`, `process_*` and `system_*`.
        """);
    Golden.assertMatches(Path.of("docs/metrics.md"), doc.toString());
  }

  private static String values(Label label) {
    return label.values().isEmpty()
        ? "as on the host"
        : label.values().stream().map(v -> "`" + v + "`").collect(Collectors.joining(", "));
  }
}
