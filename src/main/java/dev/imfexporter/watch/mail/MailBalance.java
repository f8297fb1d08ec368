package dev.imfexporter.watch.mail;

import dev.imfexporter.watch.fact.MailFact.Failing;
import dev.imfexporter.watch.fact.MailFact.MailCounted;
import dev.imfexporter.watch.fact.MailFact.Pending;
import dev.imfexporter.watch.fact.MailFact.Usual;
import dev.imfexporter.watch.mail.MailTotals.Total;
import dev.imfexporter.watch.model.MailCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came in, passed and bounced in the last hour, in parts of five minutes. A replay of its
 * facts makes the same counts; what was counted since the last fact is lost then. Not thread-safe.
 */
final class MailBalance {
  private static final Duration PART = Duration.ofMinutes(5);

  /** Two parts: without a reading for longer, nothing is known of the time between. */
  static final Duration GAP = PART.multipliedBy(2);

  /** Less than a day does not say what is usual: nights have little mail. */
  private static final Duration USUAL_AFTER = Duration.ofDays(1);

  /**
   * Of the last hour, and the one before them. Where readings begin or begin again, a part of no
   * length has the queues of then.
   */
  private final List<MailCounted> parts = new ArrayList<>();

  private @Nullable Instant begin;
  private Instant newest = Instant.MIN;
  private MailCounts counts = MailCounts.NONE;
  private Usual usual = Usual.NONE;
  private long queued;
  private long retrying;
  private @Nullable Pending pending;
  private Optional<Failing> failing = Optional.empty();

  /** Non-delivery reports of this part, and of the one before, that have not left yet. */
  private long reports;

  private long reportsBefore;

  /**
   * The last hour.
   *
   * @param recent what came in, passed and bounced
   * @param usual messages that pass in an hour, on average over a week; 0 before a day was watched
   * @param grown how many messages more are in the queues than an hour ago, without what changed
   *     while nothing was read; negative when fewer are
   * @param pending messages that came in since one last passed, and are still in the queues
   * @param pendingSince when the first message came in after one last passed; empty when none did
   */
  record View(
      RecentMail recent, double usual, long grown, long pending, Optional<Instant> pendingSince) {
    /** The pending messages, once none has passed for that long; 0 before. */
    long pendingFor(Duration atLeast, Instant now) {
      return pendingSince.filter(since -> !since.plus(atLeast).isAfter(now)).isPresent()
          ? pending
          : 0;
    }

    static final View NONE = new View(RecentMail.NONE, 0, 0, 0, Optional.empty());
  }

  /** How mail fails now, for the parts that end from now on. */
  void failing(Optional<Failing> now) {
    failing = now;
  }

  /** Takes a newer reading into account; one of an earlier time is dropped. */
  Optional<MailCounted> counted(MailReading now) {
    Instant at = now.at();
    if (at.isBefore(newest)) {
      return Optional.empty();
    }
    // What came and went while nothing was read belongs to no hour.
    boolean gap = newest.isBefore(at.minus(GAP));
    newest = at;
    long queuedBefore = queued;
    long retryingBefore = retrying;
    retrying = now.retrying();
    queued = now.waiting() + retrying;
    if (begin == null || gap) {
      begin = at;
      counts = MailCounts.NONE;
      pending = gap ? null : pending;
      return gap ? Optional.of(keepPart(at, at)) : Optional.empty();
    }
    add(counts(now, Math.max(0, retrying - retryingBefore)), queuedBefore, at);
    return end(at);
  }

  /**
   * @param more messages wait for another try than before: the newest reports may be among them
   */
  private MailCounts counts(MailReading now, long more) {
    long made = now.grown(Total.REPORTS);
    reports += Math.max(0, made - now.grown(Total.BADMAILED_REPORTS) - more);
    long left = now.grown(Total.LEFT);
    long old = Math.min(left, reportsBefore);
    reportsBefore -= old;
    long recent = Math.min(left - old, reports);
    reports -= recent;
    return new MailCounts(
        now.grown(Total.RECEIVED), left - old - recent, made + now.grown(Total.BADMAILED));
  }

  private void add(MailCounts more, long queuedBefore, Instant at) {
    counts = counts.plus(more);
    if (more.passed() > 0) {
      pending = null;
      return;
    }
    Pending known = pending;
    if (known == null && more.received() > 0) {
      known = new Pending(at, 0, queuedBefore);
    }
    if (known != null) {
      long messages = known.messages() + more.received() - more.bounced();
      pending =
          messages > 0 || more.received() > 0
              ? new Pending(known.since(), Math.max(0, messages), known.queuedBefore())
              : null;
    }
  }

  /** Ends a part that is long enough. */
  private Optional<MailCounted> end(Instant at) {
    Instant from = begin;
    if (from == null || at.isBefore(from.plus(PART))) {
      return Optional.empty();
    }
    // What passes while mail bounces is not usual: a failure of days must not become so.
    if (!RecentMail.of(parts, counts, at).bounces()) {
      usual = usual.with(counts.passed(), Duration.between(from, at));
    }
    MailCounted before = parts.get(parts.size() - 1);
    MailCounted part = keepPart(from, at);
    boolean quiet = addsNothing(part, before);
    begin = at;
    counts = MailCounts.NONE;
    reportsBefore = reports;
    reports = 0;
    return quiet ? Optional.empty() : Optional.of(part);
  }

  /** Whether a part adds nothing to the one before. */
  private static boolean addsNothing(MailCounted part, MailCounted before) {
    return part.counts().equals(MailCounts.NONE)
        && part.queued() == before.queued()
        && part.pending().isEmpty()
        && before.pending().isEmpty()
        && part.failing().isEmpty()
        && before.failing().isEmpty();
  }

  void replay(MailCounted part) {
    if (part.until().isBefore(newest) || parts.contains(part)) {
      return;
    }
    keep(part);
    queued = part.queued();
    pending = part.pending().orElse(null);
    usual = part.usual();
    newest = part.until();
  }

  private MailCounted keepPart(Instant from, Instant until) {
    Optional<Pending> open = Optional.ofNullable(pending);
    MailCounted part = new MailCounted(from, until, counts, queued, open, usual, failing);
    keep(part);
    return part;
  }

  private void keep(MailCounted part) {
    parts.add(part);
    // The newest that ended before the hour says what was queued then.
    while (parts.size() > 1 && endsBeforeTheHour(parts.get(1), part.until())) {
      parts.remove(0);
    }
  }

  private static boolean endsBeforeTheHour(MailCounted part, Instant now) {
    return RecentMail.endsBefore(part, now, RecentMail.HOUR);
  }

  List<MailCounted> summary() {
    return List.copyOf(parts);
  }

  View view(Instant now) {
    boolean read = !newest.isBefore(now.minus(GAP));
    RecentMail recent = RecentMail.of(parts, read ? counts : MailCounts.NONE, now);
    double hourly = usual.over().compareTo(USUAL_AFTER) < 0 ? 0 : usual.hourly();
    long grown = 0;
    long before = parts.isEmpty() ? queued : parts.get(0).queued();
    for (MailCounted part : parts) {
      if (endsBeforeTheHour(part, now)) {
        grown = 0;
      } else {
        grown += part.from().equals(part.until()) ? 0 : part.queued() - before;
      }
      before = part.queued();
    }
    grown += queued - before;
    Pending open = read ? pending : null;
    if (open == null) {
      return new View(recent, hourly, grown, 0, Optional.empty());
    }
    long waiting = Math.min(open.messages(), queued - open.queuedBefore());
    return new View(recent, hourly, grown, Math.max(0, waiting), Optional.of(open.since()));
  }
}
