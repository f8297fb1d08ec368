package dev.imfexporter.watch;

import java.util.List;
import java.util.Locale;

/**
 * Whether mail passes the host.
 *
 * @param evidence sentences that say why
 */
public record MailFlow(State state, List<String> evidence) {
  public MailFlow {
    evidence = List.copyOf(evidence);
  }

  /** What is so. */
  public enum State {
    /** Messages leave, or have waited for no longer than is usual. */
    FLOWING,
    /** There is nothing to do. */
    IDLE,
    /** SMTP runs, but nothing leaves or nobody gets in. */
    STALLED,
    /** SMTP does not run though it should. */
    HALTED,
    /** Nothing says, or nobody expects mail to pass. */
    UNKNOWN;

    /** The word that labels and pages use. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
