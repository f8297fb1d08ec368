package dev.imfexporter.watch.model;

import dev.imfexporter.text.HasWord;

/** How a fact about a service is known. */
public enum Source implements HasWord {
  /** The event log told of it, be it later. */
  EVENT,
  /** The host's SCM called back. */
  NOTIFICATION,
  /** The state was asked for at regular intervals. */
  POLL
}
