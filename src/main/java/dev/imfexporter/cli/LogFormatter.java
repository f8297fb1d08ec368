package dev.imfexporter.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * One line per log record, whatever the record holds: {@code ts}, {@code level}, {@code logger},
 * {@code msg}, and for a throwable {@code err} and perhaps {@code stack}.
 */
final class LogFormatter extends Formatter {
  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private final LogFormat format;
  private final boolean everyStack;

  /**
   * Makes a formatter.
   *
   * @param everyStack whether to write the stack trace of every throwable, not of unexpected ones
   *     only
   */
  LogFormatter(LogFormat format, boolean everyStack) {
    this.format = format;
    this.everyStack = everyStack;
  }

  @Override
  public String format(LogRecord record) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("ts", MILLISECONDS.format(record.getInstant()));
    fields.put("level", LogLevel.of(record.getLevel()).toString());
    fields.put("logger", orEmpty(record.getLoggerName()));
    fields.put("msg", orEmpty(formatMessage(record)));
    Throwable thrown = record.getThrown();
    if (thrown != null) {
      fields.put("err", thrown.toString());
      if (everyStack || thrown instanceof RuntimeException || thrown instanceof Error) {
        fields.put("stack", stack(thrown));
      }
    }
    StringBuilder line = new StringBuilder(200);
    switch (format) {
      case LOGFMT -> appendLogfmt(line, fields);
      case JSON -> appendJson(line, fields);
    }
    return line.append('\n').toString();
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String stack(Throwable thrown) {
    StringWriter stack = new StringWriter();
    thrown.printStackTrace(new PrintWriter(stack));
    return stack.toString().strip();
  }

  private static void appendLogfmt(StringBuilder line, Map<String, String> fields) {
    fields.forEach(
        (key, value) -> {
          line.append(line.isEmpty() ? "" : " ").append(key).append('=');
          if (bare(value)) {
            line.append(value);
          } else {
            appendQuoted(line, value);
          }
        });
  }

  private static void appendJson(StringBuilder line, Map<String, String> fields) {
    fields.forEach(
        (key, value) -> {
          line.append(line.isEmpty() ? '{' : ',').append('"').append(key).append("\":");
          appendQuoted(line, value);
        });
    line.append('}');
  }

  /** Whether logfmt needs no quotes around it. */
  private static boolean bare(String value) {
    return !value.isEmpty()
        && value.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '"' && c != '=' && c != '\\');
  }

  /**
   * A string of JSON (<a href="https://www.rfc-editor.org/rfc/rfc8259#section-7">RFC 8259, 7</a>)
   * that no terminal or line reader takes for more than text; logfmt quotes alike.
   */
  private static void appendQuoted(StringBuilder line, String value) {
    line.append('"');
    value
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"', '\\' -> line.append('\\').append((char) c);
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                  if (unsafe(c)) {
                    line.append("\\u%04x".formatted(c));
                  } else {
                    line.appendCodePoint(c);
                  }
                }
              }
            });
    line.append('"');
  }

  /** Control characters, line breaks of Unicode, and halves of surrogate pairs. */
  private static boolean unsafe(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
