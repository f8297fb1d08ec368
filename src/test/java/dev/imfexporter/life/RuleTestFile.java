package dev.imfexporter.life;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Writes nights as input of {@code promtool test rules}. */
final class RuleTestFile {
  /** Prometheus scrapes and evaluates once a minute. */
  private static final int LATEST_MINUTES = 2;

  private final Path rules;
  private final Set<String> critical;
  private final SeriesOfLife life;

  private RuleTestFile(Path rules, Set<String> critical, SeriesOfLife life) {
    this.rules = rules;
    this.critical = critical;
    this.life = life;
  }

  /** Reads from a rule file which of its alerts call a person. */
  static RuleTestFile of(Path rules, SeriesOfLife life) throws IOException {
    JsonNode root = new ObjectMapper(new YAMLFactory()).readTree(rules.toFile());
    Set<String> critical = new TreeSet<>();
    for (JsonNode group : root.path("groups")) {
      for (JsonNode rule : group.path("rules")) {
        if (rule.at("/labels/severity").asText().equals("critical")) {
          critical.add(rule.path("alert").asText());
        }
      }
    }
    return new RuleTestFile(rules, critical, life);
  }

  Set<String> critical() {
    return critical;
  }

  /** All nights as if they were one, each on a host of its own. */
  void write(Path to, List<Night> nights) throws IOException {
    PromtoolTest test = new PromtoolTest("nights of " + nights.size() + " hosts", 60);
    for (Night night : nights) {
      life.scraped(night, test.scrapes(night.minutes())).forEach(test::series);
    }
    int end = nights.stream().mapToInt(Night::minutes).max().orElse(0);
    test.expect(ever(firing("instance!=\"\""), end), end, everExpected(nights));
    nights.forEach(night -> night.halt().ifPresent(halt -> calledOnce(night, halt, test)));
    PromtoolTest.write(to, rules, 60, List.of(test));
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

  private void calledOnce(Night night, Night.Halt halt, PromtoolTest test) {
    int due = (halt.due() + 59) / 60;
    String own = "instance=\"" + night.name() + "\"";
    String now = "count by (alertname, instance) (" + firing(own) + ")";
    test.expect(ever(firing(own), due - 1), due - 1, List.of());
    test.expect(now, due + LATEST_MINUTES, labels(night, halt));
    test.expect(now, night.minutes(), List.of());
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
}
