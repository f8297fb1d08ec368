package dev.imfexporter.shipped;

import static java.util.stream.Collectors.toSet;

import dev.imfexporter.exposition.Build;
import dev.imfexporter.exposition.Exposition;
import dev.imfexporter.exposition.Format;
import dev.imfexporter.exposition.SelfMetrics;
import dev.imfexporter.metric.Catalogue;
import dev.imfexporter.metric.MetricSpec;
import dev.imfexporter.metric.MetricType;
import dev.imfexporter.shipped.PromQlNames.LabelMatcher;
import dev.imfexporter.shipped.PromQlNames.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The series that a query may name, with their labels, and the complaints about all others. */
final class KnownSeries {
  /** A sample of the text format 0.0.4 that is not declared in the catalogue. */
  private static final Pattern SERIES = Pattern.compile("((?!imf_)[a-z_]+)(?:\\{(.*)})? \\S+");

  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"[^\"]*\",");

  /** For each metric its labels, for each label its values; empty when any value can be. */
  private final Map<String, Map<String, List<String>>> metrics = new HashMap<>();

  /** The series of the exporter, and those that Prometheus makes of each scrape and alert. */
  static KnownSeries ofExporterAndPrometheus() {
    KnownSeries known = new KnownSeries();
    Catalogue.groups().stream().flatMap(group -> group.specs().stream()).forEach(known::add);
    known.addMicrometers();
    // Made by Prometheus.
    known.add("up", Set.of());
    known.add("scrape_duration_seconds", Set.of());
    known.add("ALERTS", Set.of("alertname", "alertstate", "severity", "name"));
    known.add("ALERTS_FOR_STATE", Set.of("alertname", "severity", "name"));
    return known;
  }

  private void add(MetricSpec spec) {
    Map<String, List<String>> labels = new HashMap<>();
    spec.labels().forEach(label -> labels.put(label.name(), label.values()));
    if (spec.type() == MetricType.SUMMARY) {
      addScraped(spec.name() + "_sum", labels);
      addScraped(spec.name() + "_count", labels);
    } else {
      addScraped(spec.name(), labels);
    }
  }

  /** Adds the series of the JVM and its process, as a page has them. */
  private void addMicrometers() {
    try (SelfMetrics self = SelfMetrics.start(Build.of("0.0.0"))) {
      byte[] page = new Exposition(self).page(Format.TEXT, Optional.empty()).body();
      new String(page, StandardCharsets.UTF_8)
          .lines()
          .map(SERIES::matcher)
          .filter(Matcher::matches)
          .forEach(series -> add(series.group(1), labels(series.group(2))));
    }
  }

  private static Set<String> labels(@Nullable String inBraces) {
    return inBraces == null
        ? Set.of()
        : LABEL.matcher(inBraces).results().map(label -> label.group(1)).collect(toSet());
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
    // Set by README's scrape configuration.
    all.put("exporter", List.of());
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
