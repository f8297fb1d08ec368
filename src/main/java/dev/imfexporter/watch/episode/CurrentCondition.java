package dev.imfexporter.watch.episode;

import dev.imfexporter.watch.episode.MailCourse.Standstill;
import dev.imfexporter.watch.model.Downtime.Span;
import dev.imfexporter.watch.model.MailFlow.State;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the polls of a host have shown since it became readable.
 *
 * @param since when it became readable; null while it is not, and before the first poll
 * @param unreadable when it became unreadable; null while it is readable
 * @param down the services that are down, with the begin of the outage, or the first poll that
 *     found it; the names in any case
 */
record CurrentCondition(
    @Nullable Instant since,
    @Nullable Instant unreadable,
    Map<String, Instant> down,
    MailCourse mail) {
  static final CurrentCondition UNKNOWN =
      new CurrentCondition(null, null, Map.of(), MailCourse.NONE);

  /** When mail flow is not known for this long, the services alone decide. */
  private static final Duration JUDGED = Duration.ofMinutes(5);

  /**
   * The condition after another poll.
   *
   * @param began when the outages that are known began, by service
   */
  CurrentCondition next(Instant now, HostCondition condition, Map<String, Instant> began) {
    if (!condition.readable()) {
      return new CurrentCondition(
          null, unreadable == null ? now : unreadable, Map.of(), MailCourse.NONE);
    }
    Map<String, Instant> services = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String service : condition.out()) {
      Instant from = began.getOrDefault(service, now);
      Instant known = down.getOrDefault(service, from);
      services.put(service, known.isBefore(from) ? known : from);
    }
    return new CurrentCondition(
        since == null ? now : since, null, services, mail.next(now, condition.mail()));
  }

  /** The same, in which mail flow says nothing of outages that ended by then. */
  CurrentCondition notJudging(Instant end) {
    return new CurrentCondition(end.plus(UpdateMarker.AFTER).plusNanos(1), unreadable, down, mail);
  }

  /** Whether mail stands still now. */
  boolean mailStands() {
    return mail.state().isStanding();
  }

  /**
   * How long mail stood still after the services that pass it were back; empty when it did not, or
   * when mail had flowed for so long in between that this is another incident.
   */
  Optional<Span> standstillAfter(Instant back) {
    Standstill last = mail.standstill();
    if (last == null || !last.until().isAfter(back) || !isJudgedByPresent(back)) {
      return Optional.empty();
    }
    Instant flowed = last.flowedBefore();
    boolean well = flowed != null && flowed.isAfter(back);
    Instant latest = back.plus(well ? EpisodeRules.GRACE : JUDGED);
    return last.from().isAfter(latest)
        ? Optional.empty()
        : Optional.of(new Span(well ? last.from() : back, last.until()));
  }

  /**
   * When mail was seen to flow, or to have nothing to do, after all services were back; empty while
   * that is not known.
   *
   * @param back when the last of them was
   */
  Optional<Instant> verified(Instant back, Instant now) {
    Instant kindSince = mail.since();
    if (since == null || kindSince == null) {
      return Optional.empty();
    }
    if (!isJudgedByPresent(back)) {
      return Optional.of(back);
    }
    if (mail.state() == State.UNKNOWN) {
      Instant from = kindSince.isBefore(back) ? back : kindSince;
      return from.plus(JUDGED).isAfter(now) ? Optional.empty() : Optional.of(back);
    }
    if (!mail.isFlowing()) {
      return Optional.empty();
    }
    // An outage that ended before monitoring resumed is verified from its end, if mail flows now.
    boolean watched = !back.isBefore(since) || mail.standstill() != null;
    return Optional.of(watched && kindSince.isAfter(back) ? kindSince : back);
  }

  /**
   * Outages that ended more than 30 minutes before monitoring resumed are not verified against
   * current mail flow.
   */
  private boolean isJudgedByPresent(Instant end) {
    return since != null && !end.plus(UpdateMarker.AFTER).isBefore(since);
  }
}
