package dev.imfexporter.life;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Writes nights as input of {@code promtool test rules}. */
final class RuleTestFile {
  /** Prometheus looks once a minute, and a rule may wait for a second look. */
  private static final int LATEST_MINUTES = 2;

  private final Path rules;
  private final Set<String> critical;

  private RuleTestFile(Path rules, Set<String> critical) {
    this.rules = rules;
    this.critical = critical;
  }

  /** Reads from a rule file which of its alerts call somebody. */
  static RuleTestFile of(Path rules) throws IOException {
    JsonNode root = new ObjectMapper(new YAMLFactory()).readTree(rules.toFile());
    Set<String> critical = new TreeSet<>();
    for (JsonNode group : root.path("groups")) {
      for (JsonNode rule : group.path("rules")) {
        if (rule.at("/labels/severity").asText().equals("critical")) {
          critical.add(rule.path("alert").asText());
        }
      }
    }
    return new RuleTestFile(rules.toAbsolutePath(), critical);
  }

  Set<String> critical() {
    return critical;
  }

  /** All nights as if they were one, each on a host of its own. */
  void write(Path folder, String name, List<Night> nights) throws IOException {
    List<String> lines = new ArrayList<>();
    Path from = folder.toAbsolutePath();
    Files.createDirectories(folder);
    lines.add("rule_files: ['" + from.relativize(rules).toString().replace('\\', '/') + "']");
    lines.add("evaluation_interval: 1m");
    lines.add("tests:");
    lines.add("  - name: nights of " + nights.size() + " hosts");
    lines.add("    interval: 1m");
    lines.add("    input_series:");
    for (Night night : nights) {
      NightSeries.of(night)
          .forEach(
              (series, values) -> {
                lines.add("      - series: '" + series + "'");
                lines.add("        values: '" + values + "'");
              });
    }
    lines.add("    promql_expr_test:");
    int end = nights.stream().mapToInt(Night::minutes).max().orElse(0);
    expect(everFired(end), end, everExpected(nights), lines);
    nights.forEach(night -> night.halt().ifPresent(halt -> calledOnce(night, halt, lines)));
    Files.write(folder.resolve(name), lines);
  }

  private static List<String> everExpected(List<Night> nights) {
    return nights.stream()
        .flatMap(night -> night.halt().stream().flatMap(halt -> labels(night, halt).stream()))
        .toList();
  }

  private static List<String> labels(Night night, Night.Halt halt) {
    return halt.alerts().stream()
        .map(alert -> "{alertname=\"" + alert + "\", instance=\"" + night.name() + "\"}")
        .toList();
  }

  private void calledOnce(Night night, Night.Halt halt, List<String> lines) {
    int due = (halt.due() + 59) / 60;
    String own = "instance=\"" + night.name() + "\"";
    String now = "count by (alertname, instance) (" + firing(own) + ")";
    expect(ever(firing(own), due - 1), due - 1, List.of(), lines);
    expect(now, due + LATEST_MINUTES, labels(night, halt), lines);
    expect(now, night.minutes(), List.of(), lines);
  }

  private String everFired(int minutes) {
    return ever(firing("instance!=\"\""), minutes);
  }

  private static String ever(String firing, int minutes) {
    return "count by (alertname, instance) (count_over_time(" + firing + "[" + minutes + "m]))";
  }

  private String firing(String whose) {
    return "ALERTS{alertname=~\""
        + String.join("|", critical)
        + "\",alertstate=\"firing\","
        + whose
        + "}";
  }

  private static void expect(String expr, int minute, List<String> labels, List<String> lines) {
    lines.add("      - expr: '" + expr + "'");
    lines.add("        eval_time: " + minute + "m");
    lines.add("        exp_samples:" + (labels.isEmpty() ? " []" : ""));
    for (String each : labels) {
      lines.add("          - labels: '" + each + "'");
      lines.add("            value: 1");
    }
  }
}
