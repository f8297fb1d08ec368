package dev.imfexporter.watch.model;

import dev.imfexporter.text.HasWord;

/** What reported a change of a service. */
public enum Source implements HasWord {
  /** The event log reported it, possibly later. */
  EVENT,
  /** The host's SCM sent a notification. */
  NOTIFICATION,
  /** A poll of the state, at regular intervals. */
  POLL
}
