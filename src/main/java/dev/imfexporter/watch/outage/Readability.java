package dev.imfexporter.watch.outage;

import java.time.Duration;

/**
 * Whether the event logs can be read, and so how long an outage that ended waits for its events.
 */
final class Readability {
  private static final Duration UNREAD = Duration.ofSeconds(30);
  private static final Duration OVERDUE = Duration.ofMinutes(5);

  private State state;

  private enum State {
    NONE,
    EXPECTED,
    READ,
    FAILED
  }

  /**
   * @param expected whether event logs are read
   */
  Readability(boolean expected) {
    state = expected ? State.EXPECTED : State.NONE;
  }

  void read() {
    state = State.READ;
  }

  /** Outages wait no longer, or not long if the logs could be read before. */
  void failed() {
    state =
        switch (state) {
          case NONE, EXPECTED -> State.NONE;
          case READ, FAILED -> State.FAILED;
        };
  }

  /** Whether an outage that ended this long ago waits no longer. */
  boolean isRipe(Duration waiting) {
    return switch (state) {
      case NONE -> true;
      case FAILED -> waiting.compareTo(UNREAD) >= 0;
      // Reading the log settles them, or its failure does.
      case EXPECTED, READ -> waiting.compareTo(OVERDUE) >= 0;
    };
  }
}
