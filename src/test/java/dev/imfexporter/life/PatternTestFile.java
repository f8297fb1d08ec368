package dev.imfexporter.life;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.imfexporter.life.PatternPromises.Of;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes outage patterns as input of {@code promtool test rules}. The promises stand beside the
 * series of the hosts as series of their own, so that a few expressions compare them with all
 * alerts of all hosts.
 */
final class PatternTestFile {
  static final int SCRAPE_SECONDS = 15;
  private static final int EVALUATION_SECONDS = 30;

  /**
   * Patterns of a test, and steps in which an expression looks at it: promtool allows 10,000
   * samples.
   */
  private static final int AT_ONCE = 50;

  private static final int STEPS = 4;

  /** A state that does not hold can as well be absent, which makes promtool's work less. */
  private static final Pattern STATE = Pattern.compile("(state|standing|mode|result)=\"");

  private final Path rules;
  private final String expressions;
  private final SeriesOfLife life;

  private PatternTestFile(Path rules, String expressions, SeriesOfLife life) {
    this.rules = rules;
    this.expressions = expressions;
    this.life = life;
  }

  /** Reads from a rule file which series matter for the alerts of an incident. */
  static PatternTestFile of(Path rules, SeriesOfLife life) throws IOException {
    JsonNode root = new ObjectMapper(new YAMLFactory()).readTree(rules.toFile());
    StringBuilder expressions = new StringBuilder();
    for (JsonNode rule : root.at("/groups/0/rules")) {
      String alert = rule.path("alert").asText();
      if (rule.at("/labels/incident_rank").asText().length() <= 1
          || alert.equals(Of.FLAPPING.alerts())) {
        expressions.append(rule.path("expr").asText()).append('\n');
      }
    }
    return new PatternTestFile(rules, expressions.toString(), life);
  }

  /**
   * Writes tests of some patterns each, so that no expression needs more samples than promtool
   * allows.
   *
   * @param name what promtool prints when one fails; the comment of the host that it then names has
   *     the pattern
   */
  void write(Path to, String name, List<OutagePattern> patterns) throws IOException {
    List<PromtoolTest> tests = new ArrayList<>();
    for (int from = 0; from < patterns.size(); from += AT_ONCE) {
      tests.add(test(name, patterns.subList(from, Math.min(from + AT_ONCE, patterns.size()))));
    }
    PromtoolTest.write(to, rules, EVALUATION_SECONDS, tests);
  }

  private PromtoolTest test(String name, List<OutagePattern> patterns) {
    PromtoolTest test = new PromtoolTest(name, SCRAPE_SECONDS);
    for (OutagePattern pattern : patterns) {
      test.comment(pattern.toString());
      List<Integer> scrapes = test.scrapes(pattern.minutes());
      life.scraped(pattern.night(), scrapes)
          .forEach(
              (series, values) -> {
                if (matters(series, values)) {
                  test.series(series, values);
                }
              });
      promises(new PatternPromises(pattern), pattern.name(), scrapes, test);
    }
    int end = patterns.stream().mapToInt(OutagePattern::minutes).max().orElseThrow();
    for (Of of : Of.values()) {
      String promised = "{of=\"" + of + "\"}";
      String firing = firing(of.alerts());
      never("promise_must" + promised + " unless on (instance) " + firing, end, test);
      never(firing + " unless on (instance) promise_may" + promised, end, test);
    }
    String known = Arrays.stream(Of.values()).map(Of::alerts).collect(Collectors.joining("|"));
    never(
        "ALERTS{alertstate=\"firing\",incident_rank=~\"[1-9]\",alertname!~\"" + known + "\"}",
        end,
        test);
    // The value is when the alert began.
    String pages = "changes(ALERTS_FOR_STATE{alertname=\"ImfMailFlowHalted\"}[" + end + "m]) + 1";
    test.expect(pages + " > on (instance) promise_most_incidents", end, List.of());
    test.expect(pages + " < on (instance) promise_fewest_incidents", end, List.of());
    return test;
  }

  /** That an expression returns nothing at any time, in some steps of time. */
  private static void never(String expr, int minutes, PromtoolTest test) {
    int step = (minutes + STEPS - 1) / STEPS;
    for (int until = step; until < minutes + step; until += step) {
      test.expect(
          "count_over_time((%s)[%dm:%ds])".formatted(expr, step, EVALUATION_SECONDS),
          until,
          List.of());
    }
  }

  /** Whether the rules could make something of a series. */
  private boolean matters(String series, List<Optional<Double>> values) {
    String metric = series.substring(0, series.indexOf('{'));
    return Pattern.compile("\\b" + metric + "\\b").matcher(expressions).find()
        && values.stream().anyMatch(Optional::isPresent)
        && (!STATE.matcher(series).find() || values.stream().anyMatch(v -> v.orElse(0.0) != 0));
  }

  private static void promises(
      PatternPromises promises, String host, List<Integer> scrapes, PromtoolTest test) {
    String target = "{instance=\"" + host + "\"";
    for (Of of : Of.values()) {
      String labels = target + ",of=\"" + of + "\"}";
      test.series(
          "promise_must" + labels,
          scrapes.stream().map(at -> flag(promises.must(of, at))).toList());
      test.series(
          "promise_may" + labels, scrapes.stream().map(at -> flag(promises.may(of, at))).toList());
    }
    test.series(
        "promise_fewest_incidents" + target + "}", constant(promises.fewestIncidents(), scrapes));
    test.series(
        "promise_most_incidents" + target + "}", constant(promises.mostIncidents(), scrapes));
  }

  private static Optional<Double> flag(boolean holds) {
    return holds ? Optional.of(1.0) : Optional.empty();
  }

  private static List<Optional<Double>> constant(int value, List<Integer> scrapes) {
    return scrapes.stream().map(at -> Optional.of((double) value)).toList();
  }

  private static String firing(String alerts) {
    return "ALERTS{alertstate=\"firing\",alertname=~\"" + alerts + "\"}";
  }
}
