package dev.imfexporter.diagnosis;

import java.util.Optional;

/** How an administrator sees that the steps worked. */
public final class Proof {
  private Proof() {}

  /** A sentence for a page that shows the title of the situation; empty if nothing is wrong. */
  public static Optional<String> of(Situation situation) {
    return switch (situation) {
      case BOUNCING ->
          Optional.of(
              over(situation.title())
                  + " Mail that passes again ends it within 15 to 35 minutes; without any mail, it"
                  + " lasts an hour.");
      case INTERRUPTED -> Optional.of(over(situation.title() + " or " + Situation.HALTED.title()));
      case HALTED,
          NO_ANSWER,
          STALLED,
          STUCK,
          SERVER_GONE,
          OWN_ADDRESS_REFUSED,
          INCOMPLETE,
          AT_RISK,
          DISK_AT_RISK,
          SMTP_AT_RISK,
          UNREADABLE,
          PARTLY_READ ->
          Optional.of(over(situation.title()));
      case NOT_READ_YET,
          UNDER_WAY,
          VERIFYING,
          NOT_KNOWN,
          RETRYING,
          NOTHING,
          IDLE,
          ANSWERING,
          FLOWING ->
          Optional.empty();
    };
  }

  private static String over(String title) {
    return "It worked when this page, loaded again, no longer says: " + title + ".";
  }
}
