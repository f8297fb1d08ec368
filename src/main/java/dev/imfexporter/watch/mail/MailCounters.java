package dev.imfexporter.watch.mail;

import dev.imfexporter.collector.Smtp;
import dev.imfexporter.watch.mail.MailTotals.Total;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells right readings of the counters from bad ones, and how much the totals grew from one right
 * reading to the next. Not thread-safe.
 *
 * <p>A total that fell began anew if SMTPSVC was started since the reading before, or it wrapped.
 * If neither is so, or if it rose by more than messages can pass, the reading is bad, unless the
 * next one goes on from it: then so do the counts, and what came between is not known.
 */
final class MailCounters {
  /** SMTP writes each message to the disk; real hosts stay far below. */
  private static final long MOST_PER_SECOND = 1_000;

  /** The log has whole seconds, so that a start may be dated before a reading that it followed. */
  private static final Duration RESOLUTION = Duration.ofSeconds(2);

  private @Nullable Dated newest;
  private @Nullable Dated suspect;

  /** The newest before a fall that nothing explains: the totals may come back. */
  private @Nullable Dated fallen;

  private long left;

  private record Dated(MailTotals totals, Instant at) {
    /** How much the totals grew since an earlier reading; empty if they cannot have done so. */
    Optional<Map<Total, Long>> since(Dated earlier, Optional<Instant> started) {
      long seconds = Duration.between(earlier.at, at).toSeconds() + 1;
      return totals.since(earlier.totals, seconds * MOST_PER_SECOND, earlier.isBefore(started));
    }

    boolean isBefore(Optional<Instant> start) {
      return start.filter(when -> when.plus(RESOLUTION).isAfter(at)).isPresent();
    }
  }

  /**
   * Takes a reading into account.
   *
   * @param at on the axis
   * @param started when SMTPSVC was last started; empty when that is not known
   * @return empty if it is bad, or older than the one before
   */
  Optional<MailReading> read(Smtp smtp, Instant at, Optional<Instant> started) {
    Dated now = new Dated(MailTotals.of(smtp), at);
    Dated last = newest;
    if (last == null) {
      return Optional.of(right(smtp, now, Map.of()));
    }
    if (at.isBefore(last.at())) {
      return Optional.empty();
    }
    Dated high = fallen;
    if (high != null && high.isBefore(started)) {
      fallen = null;
    } else if (high != null && now.since(high, started).isPresent()) {
      fallen = null;
      last = high;
    }
    Optional<Map<Total, Long>> grown = now.since(last, started);
    if (grown.isPresent()) {
      return Optional.of(right(smtp, now, grown.get()));
    }
    Dated before = suspect;
    suspect = now;
    if (before == null || now.since(before, started).isEmpty()) {
      return Optional.empty();
    }
    fallen = fallen == null && now.totals().fellSince(last.totals()) ? last : fallen;
    return Optional.of(right(smtp, now, Map.of()));
  }

  private MailReading right(Smtp smtp, Dated now, Map<Total, Long> grown) {
    newest = now;
    suspect = null;
    left += grown.getOrDefault(Total.LEFT, 0L);
    return MailReading.of(smtp, now.at(), grown, left);
  }
}
