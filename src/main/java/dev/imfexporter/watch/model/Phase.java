package dev.imfexporter.watch.model;

import java.util.Locale;

/** The parts of a restart, in their order. */
public enum Phase {
  /** From leaving RUNNING to STOPPED. */
  STOP,
  /** STOPPED, start attempts that failed included. */
  DOWN,
  /** The start that succeeded: from START_PENDING to RUNNING. */
  START;

  /** The word that labels and pages use. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
