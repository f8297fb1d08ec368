package dev.imfexporter.watch.model;

import dev.imfexporter.text.HasWord;

/** Evidence of who ended an outage. */
public enum StartedBy implements HasWord {
  /** 7031 announced it, and the service came back after the delay that it named. */
  RECOVERY_ACTION("a recovery action of Windows"),
  /** The host booted in between. */
  BOOT("the boot of the host"),
  /** A start control from a user's account (7035). */
  ADMINISTRATOR("an administrator"),
  /** Nothing says who. */
  UNATTRIBUTED("no source says who");

  private final String phrase;

  StartedBy(String phrase) {
    this.phrase = phrase;
  }

  /** As it stands behind "Started by" in a text. */
  public String phrase() {
    return phrase;
  }
}
