package dev.imfexporter.cli;

import java.util.Locale;
import java.util.logging.Level;

/** How much is logged. */
enum LogLevel {
  DEBUG,
  INFO,
  WARN,
  ERROR;

  /** The least level that is logged. */
  Level level() {
    return switch (this) {
      case DEBUG -> Level.FINE;
      case INFO -> Level.INFO;
      case WARN -> Level.WARNING;
      case ERROR -> Level.SEVERE;
    };
  }

  /** The nearest of ours. */
  static LogLevel of(Level level) {
    LogLevel nearest = DEBUG;
    for (LogLevel candidate : values()) {
      if (level.intValue() >= candidate.level().intValue()) {
        nearest = candidate;
      }
    }
    return nearest;
  }

  /** The word on the command line and in the log. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
