package dev.imfexporter.reading;

import java.util.Locale;

/** The readings there are. */
public enum ReadingName {
  SERVICES,
  DEFINITION,
  SMTP;

  /** The word that labels, pages and messages use. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
