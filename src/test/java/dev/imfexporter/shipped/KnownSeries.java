package dev.imfexporter.shipped;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The series that a query may name, with their labels, and the complaints about all others. */
final class KnownSeries {
  /** What Prometheus itself adds to every scraped series. */
  private static final Set<String> TARGET_LABELS = Set.of("job", "instance");

  private final Map<String, Set<String>> labels = new HashMap<>();

  /** The series of the exporter, and those that Prometheus makes of each scrape and alert. */
  static KnownSeries ofExporterAndPrometheus() {
    KnownSeries known = new KnownSeries();
    known.add("up");
    known.add("scrape_duration_seconds");
    known.add("ALERTS", "alertname", "alertstate", "severity", "name");
    known.addExporter();
    return known;
  }

  private void addExporter() {
    add("imf_up");
    add("imf_reading_result", "reading", "result");
    add("imf_reading_duration_seconds", "reading");
    add("imf_reading_timestamp_seconds", "reading");
    add("imf_service_state", "name", "state");
    add("imf_service_start_mode", "name", "mode");
    add("imf_service_exit_code", "name");
    add("imf_service_specific_exit_code", "name");
    add("imf_service_dependency", "name", "requires");
    add("imf_service_restart_duration_seconds_sum", "name");
    add("imf_service_restart_duration_seconds_count", "name");
    add("imf_service_last_restart_duration_seconds", "name", "phase");
    add("imf_service_last_stop_timestamp_seconds", "name");
    add("imf_service_last_start_timestamp_seconds", "name");
    add("imf_service_outage_start_timestamp_seconds", "name");
    add("imf_service_left_stopped", "name");
    add("imf_service_witness", "name", "witness");
    add("imf_definition_info", "origin", "version");
    add("imf_definition_build", "origin");
    add("imf_definition_installed_timestamp_seconds");
    add("imf_definition_changed_timestamp_seconds");
    add("imf_definition_changes_total");
    add("imf_definition_updates_enabled");
    add("imf_update_marker_timestamp_seconds", "marker", "kind");
    add("imf_smtp_queue_length", "virtual_server", "queue");
    add("imf_smtp_messages_received_total", "virtual_server");
    add("imf_smtp_messages_delivered_total", "virtual_server");
    add("imf_smtp_messages_sent_total", "virtual_server");
    add("imf_exporter_build_info", "version");
    add("imf_exporter_hosts");
    add("jvm_memory_used_bytes", "area", "id");
    add("process_cpu_usage");
  }

  void add(String metric, String... own) {
    add(metric, Set.of(own));
  }

  void add(String metric, Set<String> own) {
    Set<String> all = new TreeSet<>(TARGET_LABELS);
    all.addAll(own);
    labels.put(metric, all);
  }

  /** Every label that the series of an expression, or the expression itself, may bring. */
  Set<String> labelsOf(PromQlNames names) {
    Set<String> all = new TreeSet<>(names.made());
    for (PromQlNames.Selector selector : names.selectors()) {
      all.addAll(labels.getOrDefault(selector.metric(), Set.of()));
    }
    return all;
  }

  /** One line for each metric or label of an expression that does not exist. */
  List<String> complaints(PromQlNames names) {
    List<String> complaints = new ArrayList<>();
    for (PromQlNames.Selector selector : names.selectors()) {
      Set<String> own = labels.get(selector.metric());
      if (own == null) {
        complaints.add("there is no metric " + selector.metric());
        continue;
      }
      for (PromQlNames.LabelMatcher matcher : selector.matchers()) {
        if (!own.contains(matcher.label())) {
          complaints.add(selector.metric() + " has no label " + matcher.label());
        }
      }
    }
    Set<String> all = labelsOf(names);
    for (String label : names.labels()) {
      if (!all.contains(label)) {
        complaints.add("no series of it has a label " + label);
      }
    }
    return complaints;
  }
}
