package dev.imfexporter.logging;

import java.util.Locale;
import java.util.logging.Level;

/** The least severe records that are logged. */
public enum LogLevel {
  DEBUG,
  INFO,
  WARN,
  ERROR;

  /** The level of java.util.logging. */
  Level level() {
    return switch (this) {
      case DEBUG -> Level.FINE;
      case INFO -> Level.INFO;
      case WARN -> Level.WARNING;
      case ERROR -> Level.SEVERE;
    };
  }

  /** The most severe of ours that is not above; DEBUG for everything below. */
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
