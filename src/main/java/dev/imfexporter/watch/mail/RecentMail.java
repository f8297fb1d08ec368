package dev.imfexporter.watch.mail;

import dev.imfexporter.watch.fact.MailFact.MailCounted;
import dev.imfexporter.watch.model.MailCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What came in, passed and bounced of late, and whether by that mail bounces.
 *
 * <p>An hour alone is slow on a busy host: of mail that begins to bounce, half of the hour's has
 * bounced after 30 minutes, and it takes as long to forget it. So a quarter of an hour stands
 * beside it. Ten messages that bounced make a pattern there, in three parts of five minutes: the
 * dead addresses of a newsletter bounce within minutes of its sending, so in two parts at most.
 *
 * <p>After a time in which mail passed, only what bounced later counts, or one message that bounces
 * an hour after a failure would make all of that failure present again. Such a time needs five
 * messages that passed: where half of the mail bounces, three in a row pass by chance.
 *
 * @param hour of the last hour, or since it is watched
 * @param quarter of the last quarter of an hour, which like the hour may be five minutes more
 * @param afterPassing what of the hour came after the newest time in which mail passed; all of it
 *     when there was none
 * @param bouncedIn in how many parts of the quarter any message bounced
 */
record RecentMail(MailCounts hour, MailCounts quarter, MailCounts afterPassing, int bouncedIn) {
  static final Duration HOUR = Duration.ofHours(1);
  static final Duration QUARTER = Duration.ofMinutes(15);
  static final RecentMail NONE =
      new RecentMail(MailCounts.NONE, MailCounts.NONE, MailCounts.NONE, 0);

  /** Fewer bounced messages of an hour are no pattern. */
  private static final int FEW = 3;

  private static final int FEW_IN_A_QUARTER = 10;
  private static final int PARTS = 3;

  /** Fewer messages that pass do not say that mail passes. */
  private static final int PASS = 5;

  /**
   * The mail up to now.
   *
   * @param parts in their order
   * @param running what was counted after the last part
   */
  static RecentMail of(List<MailCounted> parts, MailCounts running, Instant now) {
    MailCounts hour = running;
    MailCounts quarter = running;
    MailCounts afterPassing = running;
    int bouncedIn = running.bounced() > 0 ? 1 : 0;
    boolean passed = false;
    for (int i = parts.size() - 1; i >= 0 && !endsBefore(parts.get(i), now, HOUR); i--) {
      MailCounts counts = parts.get(i).counts();
      hour = hour.plus(counts);
      if (!endsBefore(parts.get(i), now, QUARTER)) {
        quarter = quarter.plus(counts);
        bouncedIn += counts.bounced() > 0 ? 1 : 0;
      }
      passed = passed || mailPassed(parts.subList(0, i + 1));
      afterPassing = passed ? afterPassing : afterPassing.plus(counts);
    }
    return new RecentMail(hour, quarter, afterPassing, bouncedIn);
  }

  static boolean endsBefore(MailCounted part, Instant now, Duration length) {
    return !part.until().isAfter(now.minus(length));
  }

  /**
   * Whether at most a tenth bounced at the end of these parts: in a quarter of an hour, or in the
   * longer time in which enough messages passed.
   */
  private static boolean mailPassed(List<MailCounted> parts) {
    MailCounts counts = MailCounts.NONE;
    Duration read = Duration.ZERO;
    for (int i = parts.size() - 1; i >= 0; i--) {
      MailCounted part = parts.get(i);
      counts = counts.plus(part.counts());
      read = read.plus(Duration.between(part.from(), part.until()));
      if (counts.passed() >= PASS && read.compareTo(QUARTER) >= 0) {
        return 10 * counts.bounced() <= counts.passed();
      }
    }
    return false;
  }

  /** Whether mail bounces, by the hour or by the quarter. */
  boolean bounces() {
    return (isHalf(hour, FEW) && isHalf(afterPassing, FEW))
        || (isHalf(quarter, FEW_IN_A_QUARTER) && bouncedIn >= PARTS);
  }

  private static boolean isHalf(MailCounts counts, int least) {
    return counts.bounced() >= least && 2 * counts.bounced() >= counts.received();
  }
}
