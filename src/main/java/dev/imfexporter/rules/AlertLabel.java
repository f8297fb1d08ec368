package dev.imfexporter.rules;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A label that all alerts get, for Alertmanager's routes. */
public record AlertLabel(String name, String value) implements Change {
  private static final Pattern FORMAT = Pattern.compile("(?<name>[A-Za-z_]\\w*)=(?<value>.*)");
  private static final Pattern UNFIT = Pattern.compile("\\p{Cntrl}|\\{\\{|}}");

  /** Alertmanager's example works by them; Prometheus, its targets and the rules set them. */
  private static final Set<String> TAKEN =
      Set.of("alertname", "severity", "incident_rank", "job", "instance", "exporter");

  /**
   * Reads {@code team=mail}.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static AlertLabel parse(String text) {
    Matcher label = FORMAT.matcher(text);
    if (!label.matches()) {
      throw new IllegalArgumentException(
          "want NAME=VALUE such as team=mail, the name of letters, digits and _, not '"
              + text
              + "'");
    }
    String name = label.group("name");
    String value = label.group("value").strip();
    if (name.startsWith("__") || TAKEN.contains(name) || TargetSelector.OF_METRICS.contains(name)) {
      throw new IllegalArgumentException(
          name.startsWith("__")
              ? name + ": Prometheus keeps names that begin with __ for itself"
              : name + ": the alerts have a label of this name already; choose another");
    }
    if (value.isEmpty() || UNFIT.matcher(value).find()) {
      throw new IllegalArgumentException(
          name + ": want a text without line breaks and without {{ }}, not '" + value + "'");
    }
    return new AlertLabel(name, value);
  }

  @Override
  public List<Edit> edits(RulesFile rules) {
    return rules.rules().stream()
        .map(RulesFile.Rule::labels)
        .filter(Objects::nonNull)
        .map(labels -> edit(rules, labels))
        .toList();
  }

  private Edit edit(RulesFile rules, RulesFile.Part labels) {
    String written = rules.of(labels);
    int end = labels.start() + written.substring(0, written.length() - 1).stripTrailing().length();
    return new Edit(end, end, ", %s: '%s'".formatted(name, value.replace("'", "''")));
  }
}
