package dev.imfexporter.testing;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Captures what a class logs until it is closed; it goes nowhere else. The level that an earlier
 * test of the same JVM has set by a command does not matter.
 */
public final class LogCapture extends Handler implements AutoCloseable {
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();
  private final Logger logger;

  private LogCapture(Logger logger) {
    this.logger = logger;
  }

  public static LogCapture of(Class<?> type) {
    Logger logger = Logger.getLogger(type.getName());
    LogCapture capture = new LogCapture(logger);
    logger.addHandler(capture);
    logger.setUseParentHandlers(false);
    logger.setLevel(Level.ALL);
    return capture;
  }

  /** The messages with their parameters filled in. */
  public List<String> lines() {
    return from(Level.ALL);
  }

  /** The messages of that level and above. */
  public List<String> from(Level level) {
    return records.stream()
        .filter(entry -> entry.getLevel().intValue() >= level.intValue())
        .map(new SimpleFormatter()::formatMessage)
        .toList();
  }

  public List<Throwable> thrown() {
    return records.stream().map(LogRecord::getThrown).filter(Objects::nonNull).toList();
  }

  @Override
  public void publish(LogRecord entry) {
    records.add(entry);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.setUseParentHandlers(true);
    logger.setLevel(null);
    logger.removeHandler(this);
  }
}
