package dev.imfexporter.watch.mail;

import org.jspecify.annotations.Nullable;

/**
 * Finds single readings with a total that jumped: the next reading shows which of both is right.
 */
final class CounterJumps {
  private @Nullable MailTotals newest;
  private @Nullable MailTotals suspect;

  /** Whether to pass this reading over; the second in a row that agrees with the first is right. */
  boolean isJump(MailTotals now) {
    MailTotals last = newest;
    MailTotals jumped = suspect;
    if (last != null && now.jumpedSince(last) && (jumped == null || now.jumpedSince(jumped))) {
      suspect = now;
      return true;
    }
    suspect = null;
    newest = now;
    return false;
  }
}
