package dev.imfexporter.life;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One test of a file for {@code promtool test rules}, in the format of <a
 * href="https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/">its
 * documentation</a>.
 */
final class PromtoolTest {
  private final String name;
  private final int scrapeSeconds;
  private final List<String> series = new ArrayList<>();
  private final List<String> expectations = new ArrayList<>();

  /**
   * @param name what promtool prints when the test fails
   */
  PromtoolTest(String name, int scrapeSeconds) {
    this.name = name;
    this.scrapeSeconds = scrapeSeconds;
  }

  /** The seconds of all scrapes, the first at 0. */
  List<Integer> scrapes(int minutes) {
    return IntStream.rangeClosed(0, 60 * minutes / scrapeSeconds)
        .mapToObj(i -> i * scrapeSeconds)
        .toList();
  }

  void comment(String text) {
    series.add("      # " + text);
  }

  /** Adds what each scrape finds. */
  void series(String name, List<Optional<Double>> values) {
    series.add("      - series: '" + name + "'");
    series.add("        values: '" + SeriesNotation.of(values) + "'");
  }

  /**
   * Adds what an expression must return.
   *
   * @param labels of the samples, each with the value 1
   */
  void expect(String expr, int minute, List<String> labels) {
    expectations.add("      - expr: '" + expr + "'");
    expectations.add("        eval_time: " + minute + "m");
    expectations.add("        exp_samples:" + (labels.isEmpty() ? " []" : ""));
    for (String each : labels) {
      expectations.add("          - labels: '" + each + "'");
      expectations.add("            value: 1");
    }
  }

  /**
   * Writes a file of tests.
   *
   * @param rules the file of the rules that are tested
   */
  static void write(Path to, Path rules, int evaluationSeconds, List<PromtoolTest> tests)
      throws IOException {
    Path folder = Objects.requireNonNull(to.toAbsolutePath().getParent());
    Files.createDirectories(folder);
    String path = folder.relativize(rules.toAbsolutePath()).toString().replace('\\', '/');
    List<String> lines = new ArrayList<>();
    lines.add("rule_files: ['" + path + "']");
    lines.add("evaluation_interval: " + evaluationSeconds + "s");
    lines.add("tests:");
    for (PromtoolTest test : tests) {
      lines.add("  - name: " + test.name);
      lines.add("    interval: " + test.scrapeSeconds + "s");
      lines.add("    input_series:");
      lines.addAll(test.series);
      lines.add("    promql_expr_test:");
      lines.addAll(test.expectations);
    }
    Files.write(to, lines);
  }
}
