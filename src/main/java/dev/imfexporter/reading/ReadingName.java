package dev.imfexporter.reading;

import dev.imfexporter.text.HasWord;

/** The readings there are, in the order of pages and metrics. */
public enum ReadingName implements HasWord {
  SERVICES,
  DEFINITION,
  SMTP,
  FILTER,
  EVENTS,
  FOLDERS,
  BANNER,
  COMPONENTS,
  HOST
}
