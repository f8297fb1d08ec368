package dev.imfexporter.config;

import dev.imfexporter.text.HasWord;

/** What a word of the event log means, where an event names a state or a control in words only. */
public enum ServiceWord implements HasWord {
  /** A state, in event 7036 of Windows Server 2003. */
  RUNNING(7036),
  /** A state. */
  STOPPED(7036),
  /** A state. */
  PAUSED(7036),
  /** A control, in event 7035 of any Windows. */
  START(7035),
  /** A control. */
  STOP(7035);

  private final int event;

  ServiceWord(int event) {
    this.event = event;
  }

  /** The id of the event that has such a word. */
  int event() {
    return event;
  }
}
