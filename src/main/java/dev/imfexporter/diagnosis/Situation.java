package dev.imfexporter.diagnosis;

import dev.imfexporter.diagnosis.Diagnosis.Verdict;

/** What is so on a host, in a few words; the most urgent that is true. */
public enum Situation {
  HALTED("Mail is halted", Verdict.FAILING),
  INTERRUPTED("Mail is interrupted", Verdict.FAILING),
  NO_ANSWER("SMTP does not answer", Verdict.FAILING),
  STALLED("Mail is stalled", Verdict.FAILING),
  STUCK("Mail is stuck", Verdict.FAILING),
  BOUNCING("Mail bounces", Verdict.FAILING),
  SERVER_GONE("A virtual server is gone", Verdict.FAILING),
  OWN_ADDRESS_REFUSED("SMTP refuses its own address", Verdict.FAILING),
  /** A service is down that is not SMTP. */
  INCOMPLETE("A service is down", Verdict.FAILING),
  AT_RISK("Needs attention", Verdict.AT_RISK),
  /** A volume of the mail folders is nearly full, or will be full within a day. */
  DISK_AT_RISK("A disk runs out of room", Verdict.AT_RISK),
  /** An open relay, or a certificate that has expired or soon will. */
  SMTP_AT_RISK("SMTP needs attention", Verdict.AT_RISK),
  UNREADABLE("Cannot be read", Verdict.UNREADABLE),
  NOT_READ_YET("Not read yet", Verdict.UNREADABLE),
  /** All runs, and the episode of an update is open. */
  UNDER_WAY("An update is under way", Verdict.HEALTHY),
  /** All runs again after an update, and mail flow is being watched. */
  VERIFYING("Being verified", Verdict.HEALTHY),
  /** All runs, and a collector failed. */
  PARTLY_READ("Not all could be read", Verdict.HEALTHY),
  NOT_KNOWN("Mail flow is not known", Verdict.HEALTHY),
  RETRYING("Mail waits for another try", Verdict.HEALTHY),
  /** Neither IIS Admin nor IIS SMTP is both watched and installed. */
  NOTHING("Nothing to watch", Verdict.HEALTHY),
  IDLE("No mail to move", Verdict.HEALTHY),
  /** Without counters, nothing says whether messages leave. */
  ANSWERING("SMTP answers", Verdict.HEALTHY),
  FLOWING("Mail flows", Verdict.HEALTHY);

  private final String title;
  private final Verdict verdict;

  Situation(String title, Verdict verdict) {
    this.title = title;
    this.verdict = verdict;
  }

  /** A few words without a full stop. */
  public String title() {
    return title;
  }

  /** Whether no update is under way, and none is being verified. */
  public boolean isSettled() {
    return this != UNDER_WAY && this != VERIFYING;
  }

  Verdict verdict() {
    return verdict;
  }
}
