package dev.imfexporter.watch.mail;

import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.mail.MailFlowJudge.DatedBanner;
import org.jspecify.annotations.Nullable;

/** Whether SMTP answers clients since SMTPSVC runs, by its banners. Not thread-safe. */
final class ClientAnswers {
  /** One failure may be a busy moment. */
  private static final int MOST_FAILURES = 1;

  private @Nullable Moment stopped;
  private @Nullable Moment newest;
  private int failures;
  private String failure = "";

  /** SMTPSVC did not run at that time; what was asked before is no evidence. */
  void forget(Moment at) {
    stopped = at;
    newest = null;
    failures = 0;
  }

  /** SMTP is asked only while SMTPSVC runs, which may be before the first judgement. */
  void add(DatedBanner banner) {
    Moment stop = stopped;
    Moment last = newest;
    if ((stop != null && banner.asked().isBefore(stop))
        || (last != null && !last.isBefore(banner.asked()))) {
      return;
    }
    newest = banner.asked();
    failures = banner.banner().success() ? 0 : failures + 1;
    failure = banner.banner().failure().orElse("");
  }

  /** The newest banner came. */
  boolean succeed() {
    return newest != null && failures == 0;
  }

  /** Several banners in a row did not come. */
  boolean fail() {
    return failures > MOST_FAILURES;
  }

  /**
   * @param watched false when it is configured not to ask
   */
  String words(boolean watched) {
    if (!watched) {
      return "Whether SMTP answers clients is not watched.";
    }
    if (newest == null) {
      return "SMTP was not asked yet whether it answers clients.";
    }
    return failures == 0
        ? "SMTP answers clients."
        : failures == 1
            ? "SMTP did not answer a client: " + failure
            : "SMTP did not answer clients %d times in a row: %s".formatted(failures, failure);
  }
}
