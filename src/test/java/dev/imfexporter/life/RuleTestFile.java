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

  void write(Path file, List<Night> nights) throws IOException {
    List<String> lines = new ArrayList<>();
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    lines.add("rule_files: ['" + folder.relativize(rules).toString().replace('\\', '/') + "']");
    lines.add("evaluation_interval: 1m");
    lines.add("tests:");
    nights.forEach(night -> write(night, lines));
    Files.write(file, lines);
  }

  private void write(Night night, List<String> lines) {
    lines.add("  - name: '" + night.name() + "'");
    lines.add("    interval: 1m");
    lines.add("    input_series:");
    NightSeries.of(night)
        .forEach(
            (series, values) -> {
              lines.add("      - series: '" + series + "'");
              lines.add("        values: '" + values + "'");
            });
    lines.add("    promql_expr_test:");
    night
        .halt()
        .ifPresentOrElse(
            halt -> calledOnce(night.minutes(), halt, lines),
            () -> neverCalled(night.minutes(), lines));
  }

  private void neverCalled(int minutes, List<String> lines) {
    expect(everFired(minutes), minutes, List.of(), lines);
  }

  private void calledOnce(int minutes, Night.Halt halt, List<String> lines) {
    int due = (halt.due() + 59) / 60;
    expect(everFired(due - 1), due - 1, List.of(), lines);
    String now = "count by (alertname) (" + firing() + ")";
    expect(now, due + LATEST_MINUTES, halt.alerts(), lines);
    expect(everFired(minutes), minutes, halt.alerts(), lines);
    expect(now, minutes, List.of(), lines);
  }

  private String everFired(int minutes) {
    return "count by (alertname) (count_over_time(" + firing() + "[" + minutes + "m]))";
  }

  private String firing() {
    return "ALERTS{alertname=~\"" + String.join("|", critical) + "\",alertstate=\"firing\"}";
  }

  private static void expect(String expr, int minute, List<String> alerts, List<String> lines) {
    lines.add("      - expr: '" + expr + "'");
    lines.add("        eval_time: " + minute + "m");
    lines.add("        exp_samples:" + (alerts.isEmpty() ? " []" : ""));
    for (String alert : alerts) {
      lines.add("          - labels: '{alertname=\"" + alert + "\"}'");
      lines.add("            value: 1");
    }
  }
}
