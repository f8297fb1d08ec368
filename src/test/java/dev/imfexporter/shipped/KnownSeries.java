package dev.imfexporter.shipped;

import dev.imfexporter.metric.Catalogue;
import dev.imfexporter.metric.MetricSpec;
import dev.imfexporter.metric.MetricType;
import dev.imfexporter.shipped.PromQlNames.LabelMatcher;
import dev.imfexporter.shipped.PromQlNames.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The series that a query may name, with their labels, and the complaints about all others. */
final class KnownSeries {
  /** For each metric its labels, for each label its values; empty when any value can be. */
  private final Map<String, Map<String, List<String>>> metrics = new HashMap<>();

  /** The series of the exporter, and those that Prometheus makes of each scrape and alert. */
  static KnownSeries ofExporterAndPrometheus() {
    KnownSeries known = new KnownSeries();
    for (MetricSpec spec : Catalogue.all()) {
      Map<String, List<String>> labels = new HashMap<>();
      spec.labels().forEach(label -> labels.put(label.name(), label.values()));
      if (spec.type() == MetricType.SUMMARY) {
        known.addScraped(spec.name() + "_sum", labels);
        known.addScraped(spec.name() + "_count", labels);
      } else {
        known.addScraped(spec.name(), labels);
      }
    }
    known.add("imf_exporter_build_info", Set.of("version"));
    known.add("imf_exporter_hosts", Set.of());
    known.add("imf_exporter_stuck_readings", Set.of());
    known.add("imf_journal_writable", Set.of());
    known.add("imf_auth_blocked", Set.of("auth"));
    known.add("imf_exporter_config_last_reload_successful", Set.of());
    // Named by Micrometer.
    known.add("jvm_memory_used_bytes", Set.of("area", "id"));
    known.add("process_cpu_usage", Set.of());
    // Made by Prometheus.
    known.add("up", Set.of());
    known.add("scrape_duration_seconds", Set.of());
    known.add("ALERTS", Set.of("alertname", "alertstate", "severity", "name"));
    return known;
  }

  /** Adds a series with labels of any value, besides those of its target. */
  void add(String metric, Set<String> labels) {
    Map<String, List<String>> open = new HashMap<>();
    labels.forEach(label -> open.put(label, List.of()));
    addScraped(metric, open);
  }

  private void addScraped(String metric, Map<String, List<String>> labels) {
    Map<String, List<String>> all = new HashMap<>(labels);
    all.put("job", List.of());
    all.put("instance", List.of());
    metrics.put(metric, all);
  }

  /** Every label that the series of an expression, or the expression itself, may bring. */
  Set<String> labelsOf(PromQlNames names) {
    Set<String> labels = new TreeSet<>(names.made());
    for (Selector selector : names.selectors()) {
      labels.addAll(metrics.getOrDefault(selector.metric(), Map.of()).keySet());
    }
    return labels;
  }

  /** One line for each metric, label or label value of an expression that cannot be. */
  List<String> complaints(PromQlNames names) {
    List<String> complaints = new ArrayList<>();
    for (Selector selector : names.selectors()) {
      Map<String, List<String>> labels = metrics.get(selector.metric());
      if (labels == null) {
        complaints.add("there is no metric " + selector.metric());
        continue;
      }
      for (LabelMatcher matcher : selector.matchers()) {
        List<String> values = labels.get(matcher.label());
        if (values == null) {
          complaints.add(selector.metric() + " has no label " + matcher.label());
        } else if (!values.isEmpty()) {
          // Matchers on closed labels are words or alternatives of words, so that a typo shows.
          for (String word : matcher.value().split("\\|", -1)) {
            if (!values.contains(word)) {
              complaints.add(selector.metric() + " has no " + matcher.label() + " '" + word + "'");
            }
          }
        }
      }
    }
    Set<String> labels = labelsOf(names);
    for (String label : names.labels()) {
      if (!labels.contains(label)) {
        complaints.add("no series of it has a label " + label);
      }
    }
    return complaints;
  }
}
