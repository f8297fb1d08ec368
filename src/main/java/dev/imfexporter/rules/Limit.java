package dev.imfexporter.rules;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number in an expression that a site may set. In the rules its name stands behind it: {@code >
 * 1000 # limit queue_messages}.
 */
public record Limit(String name, String number) implements Change {
  private static final Pattern FORMAT =
      Pattern.compile("(?<name>\\w+)=(?<number>[0-9]{1,12}(?:\\.[0-9]{1,6})?)");
  private static final Pattern MARKED =
      Pattern.compile("(?<number>[0-9.]+) *# limit (?<name>\\w+)$", Pattern.MULTILINE);

  /**
   * Reads {@code queue_messages=2000}.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static Limit parse(String text) {
    Matcher limit = FORMAT.matcher(text);
    if (!limit.matches()) {
      throw new IllegalArgumentException(
          "want NAME=NUMBER such as queue_messages=2000, not '" + text + "'");
    }
    String name = limit.group("name");
    Map<String, String> known = of(RulesFile.shipped());
    if (!known.containsKey(name)) {
      throw new IllegalArgumentException(
          "there is no limit %s in the rules, but %s"
              .formatted(name, String.join(", ", known.keySet())));
    }
    String number = limit.group("number");
    BigDecimal value = new BigDecimal(number);
    boolean isShare = name.endsWith("_share");
    if (value.signum() == 0 || (isShare && value.compareTo(BigDecimal.ONE) >= 0)) {
      throw new IllegalArgumentException(
          "%s: want a number %s, such as %s, not %s"
              .formatted(name, isShare ? "between 0 and 1" : "above 0", known.get(name), number));
    }
    return new Limit(name, number);
  }

  /** The number of each limit in the rules. */
  public static Map<String, String> of(RulesFile rules) {
    Map<String, String> limits = new TreeMap<>();
    Matcher marked = MARKED.matcher(rules.text());
    while (marked.find()) {
      limits.put(marked.group("name"), marked.group("number"));
    }
    return limits;
  }

  @Override
  public List<Edit> edits(RulesFile rules) {
    Matcher marked = MARKED.matcher(rules.text());
    return marked
        .results()
        .filter(found -> found.group(2).equals(name))
        .map(found -> new Edit(found.start(1), found.end(1), number))
        .toList();
  }
}
