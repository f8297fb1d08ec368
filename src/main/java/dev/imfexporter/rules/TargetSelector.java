package dev.imfexporter.rules;

import com.google.re2j.PatternSyntaxException;
import dev.imfexporter.metric.Catalogue;
import dev.imfexporter.metric.MetricSpec;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which targets of Prometheus the rules are about.
 *
 * @param matchers in PromQL, without braces
 */
public record TargetSelector(String matchers) implements Change {
  private static final Pattern MATCHER =
      Pattern.compile(
          " *(?<label>[A-Za-z_]\\w*) *(?<operator>=~|!~|!=|=) *"
              + "\"(?<value>(?:[^\"\\\\\\p{Cc}\\p{Zl}\\p{Zp}]|\\\\[\\\\\"])*)\" *(?<comma>,|\\z)");

  /** A series may have no two labels of a name: these belong to the exporter's metrics. */
  static final Set<String> OF_METRICS =
      Catalogue.groups().stream()
          .flatMap(group -> group.specs().stream())
          .map(MetricSpec::labels)
          .flatMap(List::stream)
          .map(MetricSpec.Label::name)
          .collect(Collectors.toUnmodifiableSet());

  /**
   * Reads {@code job="imf"}, or more matchers with commas between them.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static TargetSelector parse(String text) {
    Matcher matcher = MATCHER.matcher(text);
    int read = 0;
    boolean more = true;
    while (more) {
      if (!matcher.find(read) || matcher.start() != read) {
        throw new IllegalArgumentException(
            "want matchers of labels such as job=\"imf\" or job=~\"imf|imf-hosts\",site!=\"test\", without"
                + " braces, not '%s'".formatted(text));
      }
      check(matcher);
      read = matcher.end();
      more = matcher.group("comma").equals(",");
    }
    return new TargetSelector(text.strip());
  }

  private static void check(Matcher matcher) {
    String label = matcher.group("label");
    if (label.equals("__name__")) {
      throw new IllegalArgumentException("__name__ would select metrics; want labels of targets");
    }
    if (OF_METRICS.contains(label)) {
      throw new IllegalArgumentException(
          "%s is a label of the exporter's metrics, which no target has: the rules would find nothing"
              .formatted(label));
    }
    if (matcher.group("operator").endsWith("~")) {
      String expression = matcher.group("value").replaceAll("\\\\(.)", "$1");
      try {
        com.google.re2j.Pattern.compile(expression);
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException(
            "'%s' is no regular expression of Prometheus: %s: %s"
                .formatted(expression, e.getDescription(), e.getPattern()),
            e);
      }
    }
  }

  @Override
  public List<Edit> edits(RulesFile rules) {
    return rules.rules().stream().map(RulesFile.Rule::expr).map(expr -> edit(rules, expr)).toList();
  }

  /** A plain scalar could not hold every matcher, a quoted one can. */
  private Edit edit(RulesFile rules, RulesFile.Part expr) {
    String written = rules.of(expr);
    String selected = PromQl.select(written, matchers);
    boolean stays = written.startsWith("|") || selected.equals(written);
    return new Edit(
        expr.start(), expr.end(), stays ? selected : "'" + selected.replace("'", "''") + "'");
  }
}
