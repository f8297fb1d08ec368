package dev.imfexporter.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keeps the names that the alert rules use; what the rules do is tested with promtool. */
class RulesTest {
  private static final Path FILE = Path.of("alerts/imf-exporter.rules.yml");
  private static final Path OVERVIEW = Path.of("grafana/dashboards/imf-overview.json");
  private static final Path EPISODES = Path.of("grafana/dashboards/imf-update-episodes.json");

  /** A query inside an annotation: {@code printf "metric{l=%q}" $labels.l | query}. */
  private static final Pattern TEMPLATE_QUERY =
      Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"[^\"{}|]*\\| *query\\b");

  private static final Pattern TEMPLATE_LABEL = Pattern.compile("\\$labels\\.(\\w+)");

  private final List<JsonNode> rules = new ArrayList<>();
  private final KnownSeries known = KnownSeries.ofExporterAndPrometheus();

  /** Reads the rules; the series that they record count as known, with the labels they may have. */
  @BeforeEach
  void read() throws IOException {
    JsonNode root = new ObjectMapper(new YAMLFactory()).readTree(FILE.toFile());
    root.path("groups").forEach(group -> group.path("rules").forEach(rules::add));
    Map<String, Set<String>> recorded = new HashMap<>();
    for (JsonNode rule : rules) {
      if (rule.has("record")) {
        String name = rule.path("record").asText();
        known.add(name, recorded.computeIfAbsent(name, n -> new TreeSet<>()));
        Set<String> labels = recorded.get(name);
        labels.addAll(known.labelsOf(PromQlNames.of(rule.path("expr").asText())));
        rule.path("labels").fieldNames().forEachRemaining(labels::add);
        known.add(name, labels);
      }
    }
  }

  @Test
  void nameOnlyMetricsAndLabelsThatExist() {
    List<String> complaints = new ArrayList<>();
    for (JsonNode rule : rules) {
      PromQlNames names = PromQlNames.of(rule.path("expr").asText());
      known.complaints(names).forEach(c -> complaints.add(name(rule) + ": " + c));
    }
    assertThat(rules).isNotEmpty();
    assertThat(complaints).isEmpty();
  }

  @Test
  void nameOnlyWhatExistsInTheirAnnotations() {
    List<String> complaints = new ArrayList<>();
    for (JsonNode rule : rules) {
      Set<String> labels = known.labelsOf(PromQlNames.of(rule.path("expr").asText()));
      for (JsonNode annotation : rule.path("annotations")) {
        Matcher label = TEMPLATE_LABEL.matcher(annotation.asText());
        while (label.find()) {
          if (!labels.contains(label.group(1))) {
            complaints.add(name(rule) + ": no label " + label.group(1));
          }
        }
        Matcher query = TEMPLATE_QUERY.matcher(annotation.asText());
        while (query.find()) {
          String expr = query.group(1).replace("%q", "''").replace("\\\"", "\"");
          known
              .complaints(PromQlNames.of(expr))
              .forEach(c -> complaints.add(name(rule) + ": " + c));
        }
      }
    }
    assertThat(complaints).isEmpty();
  }

  /** The limits have one home, the rules; the dashboard draws its lines at the same heights. */
  @Test
  void haveTheQueueLimitsThatTheDashboardDraws() throws IOException {
    Map<String, Double> limits = new HashMap<>();
    for (JsonNode rule : rules) {
      if (rule.path("record").asText().equals("imf:smtp_queue_length:limit")) {
        String number = rule.path("expr").asText().replaceAll("[^0-9.]", "");
        limits.put(rule.at("/labels/queue").asText(), Double.valueOf(number));
      }
    }
    assertThat(limits).containsOnlyKeys("local", "remote", "remote_retry", "categorizer");
    JsonNode dashboard = new ObjectMapper().readTree(OVERVIEW.toFile());
    Map<String, Double> drawn = new HashMap<>();
    for (JsonNode panel : DashboardQueries.panels(dashboard)) {
      String expr = panel.at("/targets/0/expr").asText();
      JsonNode limit = panel.at("/fieldConfig/defaults/thresholds/steps/1/value");
      if (!limit.isNumber() || !expr.startsWith("imf_smtp_queue_length")) {
        continue;
      }
      PromQlNames.of(expr).selectors().stream()
          .flatMap(selector -> selector.matchers().stream())
          .filter(matcher -> matcher.label().equals("queue"))
          .flatMap(matcher -> Pattern.compile("\\|").splitAsStream(matcher.value()))
          .forEach(queue -> drawn.put(queue, limit.asDouble()));
    }
    assertThat(drawn).isEqualTo(limits);
  }

  @Test
  void haveTheOtherLimitsThatTheDashboardsDraw() throws IOException {
    assertThat(drawn(EPISODES, "Outages within 15 minutes"))
        .containsExactly(limit("imf:service_recent_outages:limit", ""));
    assertThat(drawn(EPISODES, "Clock offset"))
        .containsExactly(limit("imf:host_clock_offset_seconds:limit", ""));
    List<Double> restart =
        List.of(
            limit("imf:limit:seconds", "restart_slow"),
            limit("imf:limit:seconds", "restart_paged"));
    assertThat(drawn(EPISODES, "Recovery duration")).isEqualTo(restart);
  }

  private double limit(String record, String word) {
    return rules.stream()
        .filter(rule -> rule.path("record").asText().equals(record))
        .filter(rule -> rule.at("/labels/limit").asText().equals(word))
        .mapToDouble(
            rule -> Double.parseDouble(rule.path("expr").asText().replaceAll("[^0-9.]", "")))
        .findFirst()
        .orElseThrow();
  }

  private static List<Double> drawn(Path dashboard, String title) throws IOException {
    List<Double> lines = new ArrayList<>();
    for (JsonNode panel :
        DashboardQueries.panels(new ObjectMapper().readTree(dashboard.toFile()))) {
      if (panel.path("title").asText().equals(title)) {
        assertThat(panel.at("/fieldConfig/defaults/custom/thresholdsStyle/mode").asText())
            .isEqualTo("dashed");
        panel.at("/fieldConfig/defaults/thresholds/steps").findValues("value").stream()
            .filter(JsonNode::isNumber)
            .forEach(line -> lines.add(line.asDouble()));
      }
    }
    return lines;
  }

  private static String name(JsonNode rule) {
    return rule.path("alert").asText() + rule.path("record").asText();
  }
}
