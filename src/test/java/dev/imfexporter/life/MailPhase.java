package dev.imfexporter.life;

import java.time.Instant;

/** What SMTP has to do, and does while it runs. */
public record MailPhase(Instant from, Instant until, Kind kind) {

  /** How mail goes. */
  public enum Kind {
    /** Ten seconds from message to message; each leaves at once. */
    BUSY(10, true, true),
    /** No message comes. */
    QUIET(0, true, true),
    /** As busy, and a dead destination besides, whose messages stay in the retry queue. */
    DEAD_DESTINATION(10, true, true),
    /** Messages come, none leaves. */
    STALLED(10, false, true),
    /** SMTP runs and does not answer. */
    MUTE(0, false, false);

    private final int secondsPerMessage;
    private final boolean leaves;
    private final boolean answers;

    Kind(int secondsPerMessage, boolean leaves, boolean answers) {
      this.secondsPerMessage = secondsPerMessage;
      this.leaves = leaves;
      this.answers = answers;
    }

    /** 0 when none comes. */
    int secondsPerMessage() {
      return secondsPerMessage;
    }

    boolean leaves() {
      return leaves;
    }

    boolean answers() {
      return answers;
    }
  }
}
