package dev.imfexporter.rules;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the alerts say that their runbooks are.
 *
 * @param pattern an address in which {@code {alert}} and perhaps {@code {instance}} are replaced
 */
public record RunbookUrl(String pattern) implements Change {
  private static final String ALERT = "{alert}";
  private static final String INSTANCE = "{instance}";
  private static final String EXAMPLE = "https://wiki.example.net/imf/{alert}";

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static RunbookUrl parse(String text) {
    WebAddress.check(text, text.replace(ALERT, "Imf").replace(INSTANCE, "host"), EXAMPLE);
    if (!text.contains(ALERT)) {
      throw new IllegalArgumentException(
          "want {alert} where the alert's name belongs, such as %s, not '%s'"
              .formatted(EXAMPLE, text));
    }
    return new RunbookUrl(text);
  }

  @Override
  public List<Edit> edits(RulesFile rules) {
    List<Edit> edits = new ArrayList<>();
    for (RulesFile.Rule rule : rules.rules()) {
      if (rule.alert() != null && rule.runbookUrl() != null) {
        String url = pattern.replace(ALERT, rule.alert());
        edits.add(new Edit(rule.runbookUrl().start(), rule.runbookUrl().end(), Link.quoted(url)));
      }
    }
    return edits;
  }
}
