package dev.imfexporter.watch.model;

import java.util.Locale;

/** How a fact about a service is known. */
public enum Source {
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
