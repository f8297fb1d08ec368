package dev.imfexporter.overview;

import dev.imfexporter.diagnosis.Situation;
import dev.imfexporter.text.HasMeaning;

/** How urgent a host is among others, the worst first; its {@link Situation} says more. */
public enum HostState implements HasMeaning {
  HALTED("Mail is halted", "SMTPSVC has been down for longer than the limit of a halt."),
  FAILING(
      "Failing",
      "A service that should run does not, or mail is stalled, stuck, interrupted or bounces, or"
          + " SMTP does not answer, or a virtual server is gone."),
  UNREADABLE("Not readable", "The host was asked and could not be read."),
  ATTENTION(
      "Needs attention",
      "Mail is not affected, but a service crashed, keeps stopping or will not start at the next"
          + " boot, or something could not be read."),
  UPDATING(
      "Update not over",
      "All runs; an update is under way, or mail flow after it is being verified."),
  NOT_KNOWN("Not known", "All runs; nothing says whether mail flows."),
  NOT_READ_YET("Not read yet", "The exporter has not read the host since it began to watch it."),
  NOTHING("Nothing to watch", "Neither IIS Admin nor IIS SMTP is installed."),
  WELL("Well", "All runs, and mail does not fail.");

  private final String words;
  private final String meaning;

  HostState(String words, String meaning) {
    this.words = words;
    this.meaning = meaning;
  }

  static HostState of(Situation situation) {
    return switch (situation) {
      case HALTED -> HALTED;
      case INTERRUPTED, NO_ANSWER, STALLED, STUCK, BOUNCING, SERVER_GONE -> FAILING;
      case OWN_ADDRESS_REFUSED, INCOMPLETE -> FAILING;
      case UNREADABLE -> UNREADABLE;
      case AT_RISK, DISK_AT_RISK, SMTP_AT_RISK, PARTLY_READ -> ATTENTION;
      case UNDER_WAY, VERIFYING -> UPDATING;
      case NOT_KNOWN -> NOT_KNOWN;
      case NOT_READ_YET -> NOT_READ_YET;
      case NOTHING -> NOTHING;
      case RETRYING, IDLE, ANSWERING, FLOWING -> WELL;
    };
  }

  /** Whether an administrator should look at it; its headline says why. */
  public boolean isUrgent() {
    return compareTo(ATTENTION) <= 0;
  }

  /** The state for people. */
  public String words() {
    return words;
  }

  @Override
  public String meaning() {
    return meaning;
  }
}
