package dev.imfexporter.watch;

import java.util.Locale;

/** How a fact about a service is known. */
public enum Witness {
  /** The event log told of it, be it later. */
  EVENT,
  /** The host's SCM called back. */
  NOTIFICATION,
  /** The state was asked for at regular intervals. */
  POLL;

  /** The word that labels and pages use. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
