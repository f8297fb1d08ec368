package dev.imfexporter.reading;

import java.util.Locale;

/** What an update changes. */
public enum UpdateKind {
  /** The data of the Intelligent Message Filter. */
  DEFINITION,
  /** Windows or another product. */
  WINDOWS;

  /** The word that labels and pages use. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
