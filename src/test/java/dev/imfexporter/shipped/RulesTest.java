package dev.imfexporter.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imfexporter.collector.Dialogue;
import dev.imfexporter.preflight.Queues;
import dev.imfexporter.watch.model.VolumeRoom;
import java.io.IOException;
import java.nio.file.Files;
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
import org.yaml.snakeyaml.Yaml;

/** Keeps the names that the alert rules use; what the rules do is tested with promtool. */
class RulesTest {
  private static final Path FILE = Path.of("alerts/imf-exporter.rules.yml");
  private static final Path HOST_BOARD = Path.of("grafana/dashboards/imf-host.json");

  /** A query inside an annotation: {@code printf "metric{l=%q}" $labels.l | query}. */
  private static final Pattern TEMPLATE_QUERY =
      Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"[^\"{}|]*\\| *query\\b");

  private static final Pattern TEMPLATE_LABEL = Pattern.compile("\\$labels\\.(\\w+)");

  /** A label of what a query returned. */
  private static final Pattern RESULT_LABEL = Pattern.compile("[^$]\\.Labels\\.(\\w+)");

  private static final Pattern QUEUE_LIMIT =
      Pattern.compile("queue=~?\"([\\w|]+)\"}\\[\\w+]\\)\\s+> (\\d+)");

  /** A range beyond the six minutes that bridge a gap. */
  private static final Pattern OUTLASTS = Pattern.compile("\\[1\\dm");

  private static final Pattern SHARE_OF_VOLUME =
      Pattern.compile("max\\(imf_mail_volume_size_bytes\\{.*}\\) \\* ([0-9.]+)");

  private static final Pattern LAST_NUMBER = Pattern.compile("([0-9.]+)( # limit \\w+)?\\s*$");

  private final List<JsonNode> rules = new ArrayList<>();
  private final KnownSeries known = KnownSeries.ofExporterAndPrometheus();

  /** Reads the rules; the series that they record count as known, with the labels they may have. */
  @BeforeEach
  void read() throws IOException {
    // SnakeYAML, because Jackson does not follow an alias to its anchor.
    JsonNode root = new ObjectMapper().valueToTree(new Yaml().load(Files.readString(FILE)));
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
        Set<String> found = new TreeSet<>();
        Matcher query = TEMPLATE_QUERY.matcher(annotation.asText());
        while (query.find()) {
          PromQlNames names =
              PromQlNames.of(query.group(1).replace("%q", "''").replace("\\\"", "\""));
          known.complaints(names).forEach(c -> complaints.add(name(rule) + ": " + c));
          found.addAll(known.labelsOf(names));
        }
        Matcher result = RESULT_LABEL.matcher(annotation.asText());
        while (result.find()) {
          if (!found.contains(result.group(1))) {
            complaints.add(name(rule) + ": no query returns a label " + result.group(1));
          }
        }
      }
    }
    assertThat(complaints).isEmpty();
  }

  /** Prometheus's convention: by which labels, of what, how it was made of that. */
  @Test
  void recordByTheNameOfLevelMetricAndOperation() {
    for (JsonNode rule : rules) {
      if (rule.has("record")) {
        String[] parts = name(rule).split(":", -1);
        assertThat(parts).as(name(rule)).hasSize(3);
        assertThat(known.labelsOf(PromQlNames.of(rule.path("expr").asText())))
            .as(name(rule))
            .contains(parts[0].split("_", -1));
        assertThat(parts[1]).startsWith("imf_");
        assertThat(parts[2]).matches("bool|seconds|(avg|sum|count)[0-9]+[mhd]");
      }
    }
  }

  /** Restarts and updates are too rare for a rate, and the exporter's own counters begin anew. */
  @Test
  void useNoCounter() {
    for (JsonNode rule : rules) {
      for (PromQlNames.Selector selector : PromQlNames.of(rule.path("expr").asText()).selectors()) {
        assertThat(selector.metric()).as(name(rule)).doesNotEndWith("_total");
        assertThat(selector.function()).isNotIn("rate", "irate", "increase", "resets");
      }
    }
  }

  /** A regular expression without an alternative or a wildcard hides a typo of its operator. */
  @Test
  void matchByARegularExpressionOnlyWhatNeedsOne() {
    for (JsonNode rule : rules) {
      for (PromQlNames.Selector selector : PromQlNames.of(rule.path("expr").asText()).selectors()) {
        for (PromQlNames.LabelMatcher matcher : selector.matchers()) {
          assertThat(matcher.operator().endsWith("~"))
              .as(name(rule) + ": " + matcher)
              .isEqualTo(matcher.value().matches(".*[|.*+?\\[(].*"));
        }
      }
    }
  }

  /** What is kept after its condition has ended must be said with its time. */
  @Test
  void keepOnlyWhatSaysWhen() {
    for (JsonNode rule : rules) {
      if (rule.has("keep_firing_for") || OUTLASTS.matcher(rule.path("expr").asText()).find()) {
        assertThat(rule.at("/annotations/description").asText())
            .as(name(rule))
            .contains("humanizeTimestamp");
      }
    }
  }

  /** A resolved message has the texts of the last evaluation that fired. */
  @Test
  void sayInThePastWhatAResolvedMessageRepeats() {
    for (JsonNode rule : rules) {
      assertThat(rule.at("/annotations/summary").asText())
          .as(name(rule))
          .doesNotContainPattern("\\b(is|are|has|have|does|cannot|keeps|bounces|waits)\\b");
      assertThat(rule.at("/annotations/description").asText())
          .as(name(rule))
          .doesNotContainPattern("\\b(has|have) (been|not)\\b");
    }
  }

  @Test
  void nameTheHost() {
    for (JsonNode rule : rules) {
      if (rule.has("alert") && !name(rule).equals("ImfWatchdog")) {
        for (String annotation : List.of("summary", "description")) {
          assertThat(rule.at("/annotations/" + annotation).asText())
              .as(name(rule))
              .contains("{{ $labels.instance }}");
        }
      }
    }
  }

  /**
   * What an incident's alert says of its cause is the same everywhere, and its runbook links it.
   */
  @Test
  void ofAnIncidentCarryItsLikelyCause() throws IOException {
    Set<String> texts = new TreeSet<>();
    for (JsonNode rule : rules) {
      String cause = rule.at("/annotations/cause").asText();
      boolean incident = rule.at("/labels/incident_rank").asText().matches("[3-8]");
      assertThat(!cause.isEmpty()).as(name(rule)).isEqualTo(incident);
      if (incident) {
        texts.add(cause);
        assertThat(Files.readString(Path.of("docs/runbooks", name(rule) + ".md")))
            .as(name(rule))
            .contains("](../troubles.md)");
      }
    }
    assertThat(texts).singleElement().asString().contains("docs/troubles.md#");
  }

  /** Page and diagnose begin to speak of a certificate when the shipped rule does. */
  @Test
  void haveTheLimitOfCertificatesThatDiagnoseUses() {
    assertThat(expr("ImfSmtpCertificateExpires"))
        .contains("< " + Dialogue.CERTIFICATE_ENDS_SOON.toSeconds() + " # limit");
  }

  @Test
  void haveTheLimitsOfVolumesThatDiagnoseUses() {
    assertThat(expr("ImfMailVolumeNearlyFull")).contains("< " + VolumeRoom.LEAST_FREE + " # limit");
    assertThat(expr("ImfMailVolumeFullSoon"))
        .contains("< " + VolumeRoom.SOON.toSeconds() + " # limit");
  }

  /** The limits have one home, the rules; the dashboard draws its lines at the same heights. */
  @Test
  void haveTheQueueLimitsThatTheDashboardDrawsAndPreflightUses() throws IOException {
    Map<String, Double> limits = new HashMap<>();
    Matcher comparison = QUEUE_LIMIT.matcher(expr("ImfSmtpQueueAboveLimit"));
    while (comparison.find()) {
      for (String queue : comparison.group(1).split("\\|", -1)) {
        limits.put(queue, Double.valueOf(comparison.group(2)));
      }
    }
    Map<String, Double> preflight = new HashMap<>();
    Queues.LIMITS.forEach((counter, limit) -> preflight.put(counter.part(), limit.doubleValue()));
    assertThat(limits).isEqualTo(preflight);
    JsonNode dashboard = new ObjectMapper().readTree(HOST_BOARD.toFile());
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
  void haveTheLimitOfClocksThatTheDashboardDraws() throws IOException {
    assertThat(drawn(HOST_BOARD, "Clock offset")).containsExactly(lastNumber("ImfHostClockOffset"));
  }

  @Test
  void haveTheLimitOfFreeSpaceThatTheDashboardDraws() throws IOException {
    List<Double> shares = new ArrayList<>();
    for (JsonNode panel :
        DashboardQueries.panels(new ObjectMapper().readTree(HOST_BOARD.toFile()))) {
      for (JsonNode target : panel.path("targets")) {
        Matcher share = SHARE_OF_VOLUME.matcher(target.path("expr").asText());
        if (share.matches()) {
          shares.add(Double.valueOf(share.group(1)));
        }
      }
    }
    assertThat(shares).containsExactly(lastNumber("ImfMailVolumeNearlyFull"));
  }

  private String expr(String alert) {
    return rules.stream()
        .filter(rule -> name(rule).equals(alert))
        .map(rule -> rule.path("expr").asText())
        .findFirst()
        .orElseThrow();
  }

  /** The number that the expression of an alert ends with. */
  private double lastNumber(String alert) {
    Matcher number = LAST_NUMBER.matcher(expr(alert));
    assertThat(number.find()).as(alert).isTrue();
    return Double.parseDouble(number.group(1));
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
