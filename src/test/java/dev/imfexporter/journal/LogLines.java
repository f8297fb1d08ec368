package dev.imfexporter.journal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a class logs meanwhile; it goes nowhere else. */
public final class LogLines extends Handler implements AutoCloseable {
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();
  private final Logger logger;

  private LogLines(Logger logger) {
    this.logger = logger;
  }

  public static LogLines of(Class<?> type) {
    Logger logger = Logger.getLogger(type.getName());
    LogLines lines = new LogLines(logger);
    logger.addHandler(lines);
    logger.setUseParentHandlers(false);
    logger.setLevel(Level.ALL);
    return lines;
  }

  /** The messages of that level and above. */
  public List<String> from(Level level) {
    return records.stream()
        .filter(entry -> entry.getLevel().intValue() >= level.intValue())
        .map(LogRecord::getMessage)
        .toList();
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
