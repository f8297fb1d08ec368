package dev.imfexporter.collector;

import dev.imfexporter.text.HasWord;

/** What an update changes. */
public enum UpdateKind implements HasWord {
  /** The data of the Intelligent Message Filter. */
  DEFINITION,
  /** Windows or another product. */
  WINDOWS
}
