package dev.imfexporter.cli;

import java.util.Locale;

/** How a log record is written. */
enum LogFormat {
  LOGFMT,
  JSON;

  /** The word on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
