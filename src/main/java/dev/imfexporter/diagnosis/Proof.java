package dev.imfexporter.diagnosis;

import java.util.Optional;

/** How an administrator sees that the steps worked. */
public final class Proof {
  private Proof() {}

  /**
   * A sentence for a page; empty if nothing is wrong.
   *
   * @param host its name, as configured
   */
  public static Optional<String> of(Situation situation, String host) {
    return answer(situation)
        .map(
            says ->
                "It worked when this page or imf-exporter diagnose %s %s.".formatted(host, says));
  }

  private static Optional<String> answer(Situation situation) {
    return switch (situation) {
      case HALTED, INTERRUPTED, NO_ANSWER, STALLED, STUCK ->
          Optional.of(
              "says: %s, %s or %s"
                  .formatted(
                      Situation.FLOWING.title(),
                      Situation.VERIFYING.title(),
                      Situation.IDLE.title()));
      case BOUNCING ->
          Optional.of(
              "says: %s, about 20 minutes after mail passes again"
                  .formatted(Situation.FLOWING.title()));
      case SERVER_GONE, OWN_ADDRESS_REFUSED, INCOMPLETE -> Optional.of(noLonger(situation));
      case AT_RISK, DISK_AT_RISK, SMTP_AT_RISK -> Optional.of(noLonger(situation));
      case UNREADABLE, PARTLY_READ -> Optional.of(noLonger(situation));
      case NOT_READ_YET, UNDER_WAY, VERIFYING, NOT_KNOWN -> Optional.empty();
      case RETRYING, NOTHING, IDLE, FLOWING -> Optional.empty();
    };
  }

  private static String noLonger(Situation situation) {
    return "no longer says: " + situation.title();
  }
}
