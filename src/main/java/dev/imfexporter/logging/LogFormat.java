package dev.imfexporter.logging;

import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How a log record is written. */
public enum LogFormat {
  /** {@code key=value} pairs, see <a href="https://brandur.org/logfmt">logfmt</a>. */
  LOGFMT,
  /** An object (<a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>). */
  JSON;

  /** Values that logfmt writes without quotes: printable ASCII without space, quote, =, \. */
  private static final Pattern BARE = Pattern.compile("[!-~&&[^\"=\\\\]]+");

  /**
   * What RFC 8259, section 7, escapes, and what a terminal or a line reader would act on: all
   * control characters, line breaks of Unicode, halves of surrogate pairs.
   */
  private static final Pattern ESCAPED = Pattern.compile("[\"\\\\\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}]");

  /** One line without its end. */
  String line(Map<String, String> fields) {
    return switch (this) {
      case LOGFMT ->
          fields.entrySet().stream()
              .map(field -> field.getKey() + "=" + bareOrQuoted(field.getValue()))
              .collect(Collectors.joining(" "));
      case JSON ->
          fields.entrySet().stream()
              .map(field -> quoted(field.getKey()) + ":" + quoted(field.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
    };
  }

  private static String bareOrQuoted(String value) {
    return BARE.matcher(value).matches() ? value : quoted(value);
  }

  private static String quoted(String value) {
    return '"' + ESCAPED.matcher(value).replaceAll(LogFormat::escape) + '"';
  }

  private static String escape(MatchResult found) {
    char c = found.group().charAt(0);
    return Matcher.quoteReplacement(
        switch (c) {
          case '"', '\\' -> "\\" + c;
          case '\n' -> "\\n";
          case '\r' -> "\\r";
          case '\t' -> "\\t";
          default -> "\\u%04x".formatted((int) c);
        });
  }

  /** The word on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
