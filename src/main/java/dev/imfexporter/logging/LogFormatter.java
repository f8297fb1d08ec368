package dev.imfexporter.logging;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * Makes one line of a log record: {@code ts} (UTC, milliseconds), {@code level}, {@code logger},
 * {@code msg}, and with a throwable {@code err} and perhaps {@code stack}.
 */
final class LogFormatter extends Formatter {
  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private final LogFormat format;
  private final boolean everyStack;

  /**
   * @param everyStack true to write the stack trace of every throwable; false to write those of
   *     unchecked exceptions and errors alone
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
    fields.put("logger", Objects.requireNonNullElse(record.getLoggerName(), ""));
    fields.put("msg", Objects.requireNonNullElse(formatMessage(record), ""));
    Throwable thrown = record.getThrown();
    if (thrown != null) {
      fields.put("err", thrown.toString());
      if (everyStack || thrown instanceof RuntimeException || thrown instanceof Error) {
        StringWriter stack = new StringWriter();
        thrown.printStackTrace(new PrintWriter(stack));
        fields.put("stack", stack.toString().strip());
      }
    }
    return format.line(fields) + "\n";
  }
}
