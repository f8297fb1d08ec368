package dev.imfexporter.rules;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Puts matchers into PromQL. It reads tokens, not the grammar: whether an expression is valid is
 * for Prometheus to say. Source of the lexical rules: <a
 * href="https://prometheus.io/docs/prometheus/latest/querying/basics/">Querying basics</a>.
 */
final class PromQl {
  private static final String STRING = "\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|`[^`]*`";

  /** What has a keyword or a call before it is no selector; what is left over is one. */
  private static final Pattern TOKEN =
      Pattern.compile(
          ("(?<other>%s|#[^\\n]*|\\[[^]]*]|[0-9.][\\w.]*"
                  + "|\\b(?i:by|without|on|ignoring|group_left|group_right)\\b(?:\\s*\\([^)]*\\))?"
                  + "|\\b(?i:and|or|unless|atan2|bool|offset|inf|nan)\\b"
                  + "|[A-Za-z_]\\w*(?=\\s*\\(|\\s+(?i:by|without)\\b))"
                  + "|(?<metric>[A-Za-z_:][\\w:]*)?\\s*\\{(?<matchers>(?:%1$s|[^\"'`}])*)}"
                  + "|(?<bare>[A-Za-z_:][\\w:]*)")
              .formatted(STRING));

  private PromQl() {}

  /**
   * The expression with further matchers on all series but recorded ones, whose names have a colon:
   * they were made of series that have been selected, and may lack the labels that were selected
   * by.
   */
  static String select(String expression, String matchers) {
    Matcher token = TOKEN.matcher(expression);
    StringBuilder selected = new StringBuilder();
    while (token.find()) {
      String found = token.group();
      if (token.group("other") == null && !isRecorded(token)) {
        found = selected(token, matchers);
      }
      token.appendReplacement(selected, Matcher.quoteReplacement(found));
    }
    return token.appendTail(selected).toString();
  }

  private static boolean isRecorded(Matcher token) {
    return Stream.of("metric", "bare")
        .map(token::group)
        .anyMatch(name -> name != null && name.contains(":"));
  }

  private static String selected(Matcher token, String matchers) {
    String own = token.group("matchers");
    if (own == null) {
      return token.group() + "{" + matchers + "}";
    }
    int brace = token.start("matchers") - token.start();
    return token.group().substring(0, brace)
        + matchers
        + (own.isBlank() ? "" : ",")
        + token.group().substring(brace);
  }
}
