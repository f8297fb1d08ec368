package dev.imfexporter.watch.model;

import dev.imfexporter.text.HasWord;

/** The parts of a restart, in their order. */
public enum Phase implements HasWord {
  /** From leaving RUNNING to STOPPED. */
  STOP,
  /** STOPPED, start attempts that failed included. */
  DOWN,
  /** The start that succeeded: from START_PENDING to RUNNING. */
  START
}
