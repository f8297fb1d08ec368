package dev.imfexporter.watch.model;

import dev.imfexporter.text.HasWord;

/** Evidence of who ended an outage. */
public enum StartedBy implements HasWord {
  /** 7031 announced it, and the service came back after the delay that it named. */
  RECOVERY_ACTION,
  /** The host booted in between. */
  BOOT,
  /** A start control from a user's account (7035). */
  ADMINISTRATOR,
  /** Nothing says who. */
  UNATTRIBUTED
}
