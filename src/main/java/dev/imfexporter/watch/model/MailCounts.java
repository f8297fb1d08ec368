package dev.imfexporter.watch.model;

import dev.imfexporter.text.HasWord;

/**
 * Messages of a time.
 *
 * @param received by SMTP or from the pickup directory; without the server's own reports
 * @param passed sent, delivered or dropped to a directory; without the server's own reports, as far
 *     as the counters allow: a report counts as passed when it leaves more than five to ten minutes
 *     after it was made
 * @param bounced non-delivery reports and messages moved to the badmail directory; without reports
 *     that could not be delivered themselves, since their messages count already
 */
public record MailCounts(long received, long passed, long bounced) {
  public static final MailCounts NONE = new MailCounts(0, 0, 0);

  /** What became of a message, as labels name it. */
  public enum Result implements HasWord {
    RECEIVED,
    PASSED,
    BOUNCED
  }

  public long get(Result result) {
    return switch (result) {
      case RECEIVED -> received;
      case PASSED -> passed;
      case BOUNCED -> bounced;
    };
  }

  public MailCounts plus(MailCounts other) {
    return new MailCounts(
        received + other.received, passed + other.passed, bounced + other.bounced);
  }
}
