package dev.imfexporter.watch.model;

import java.util.Locale;

/** Evidence of who ended an outage. */
public enum StartedBy {
  /** 7031 announced it, and the service came back after the delay that it named. */
  RECOVERY_ACTION,
  /** The host booted in between. */
  BOOT,
  /** A start control from a user's account (7035). */
  ADMINISTRATOR,
  /** Nothing says who. */
  UNATTRIBUTED;

  /** The word that labels and pages use. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
