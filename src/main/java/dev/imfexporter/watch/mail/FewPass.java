package dev.imfexporter.watch.mail;

import dev.imfexporter.watch.model.MailCounts;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Since when few of the messages of an hour pass: at most a tenth of at least 30 that came in,
 * while at least half are in the queues. Not thread-safe.
 */
final class FewPass {
  /** Fewer messages in an hour have no meaningful share that passed. */
  private static final int MANY = 30;

  private @Nullable Instant since;

  /** Takes the last hour into account; to be called at each judgement while SMTPSVC runs. */
  void judged(MailBalance.View balance, Instant now) {
    MailCounts hour = balance.recent().hour();
    boolean few =
        hour.received() >= MANY
            && 10 * hour.passed() <= hour.received()
            && 2 * balance.grown() >= hour.received();
    if (!few) {
      since = null;
    } else if (since == null) {
      since = now;
    }
  }

  /** SMTPSVC does not run: from its next start on, messages have the whole limit to pass again. */
  void forget() {
    since = null;
  }

  /** Whether it has been so for that long. */
  boolean lasts(Duration atLeast, Instant now) {
    return since != null && !since.plus(atLeast).isAfter(now);
  }
}
