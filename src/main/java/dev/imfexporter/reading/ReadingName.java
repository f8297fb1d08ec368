package dev.imfexporter.reading;

import java.util.Locale;

/** The readings there are, in the order of pages and metrics. */
public enum ReadingName {
  SERVICES,
  DEFINITION,
  SMTP,
  FILTER,
  EVENTS,
  FOLDERS,
  BANNER,
  COMPONENTS,
  HOST;

  /** The word that labels, pages and messages use. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
