package dev.imfexporter.watch.episode;

import dev.imfexporter.watch.model.Downtime.Span;
import dev.imfexporter.watch.model.MailFlow.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the polls of a host have shown since it could be read without a break. */
final class CurrentCondition {
  /** When mail flow is not known for this long, the services alone decide. */
  private static final Duration JUDGED = Duration.ofMinutes(5);

  private final Map<String, Instant> out = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private @Nullable Instant since;
  private @Nullable Instant unreadable;
  private State mail = State.UNKNOWN;
  private @Nullable Instant good;
  private @Nullable Instant unjudged;
  private @Nullable Instant flowed;
  private @Nullable Instant flowedBefore;
  private @Nullable Span standstill;

  /**
   * Takes a poll into account.
   *
   * @param began when the outages that are known began, by service
   */
  void look(Instant now, HostCondition condition, Map<String, Instant> began) {
    if (!condition.readable()) {
      since = null;
      unreadable = unreadable == null ? now : unreadable;
      return;
    }
    if (since == null) {
      since = now;
      unreadable = null;
      good = null;
      unjudged = null;
      flowed = null;
      flowedBefore = null;
      standstill = null;
      out.clear();
    }
    out.keySet().retainAll(condition.out());
    for (String service : condition.out()) {
      Instant from = began.getOrDefault(service, now);
      out.merge(service, from, (a, b) -> a.isBefore(b) ? a : b);
    }
    mail = condition.mail();
    good = flows() ? (good == null ? now : good) : null;
    unjudged = mail != State.UNKNOWN ? null : unjudged == null ? now : unjudged;
    if (stands()) {
      Span last = standstill;
      boolean goesOn = last != null && (flowed == null || flowed.isBefore(last.from()));
      standstill = new Span(last != null && goesOn ? last.from() : now, now);
      flowedBefore = flowed;
    } else if (flows()) {
      flowed = now;
    }
  }

  /** Since when the host could not be read; empty when it can be. */
  Optional<Instant> unreadable() {
    return Optional.ofNullable(unreadable);
  }

  /** The services that are down, with the begin of the outage, or the first poll that found it. */
  Map<String, Instant> out() {
    return out;
  }

  /** Whether mail stands still now. */
  boolean stands() {
    return mail.isStanding();
  }

  private boolean flows() {
    return mail == State.FLOWING || mail == State.IDLE;
  }

  /**
   * How long mail stood still after the services that pass it were back; empty when it did not, or
   * when mail had flowed for so long in between that this is another incident.
   */
  Optional<Span> standstillAfter(Instant back) {
    Span last = standstill;
    if (last == null || !last.until().isAfter(back) || !concerns(back)) {
      return Optional.empty();
    }
    boolean well = flowedBefore != null && flowedBefore.isAfter(back);
    Instant latest = back.plus(well ? OpenEpisode.GRACE : JUDGED);
    if (last.from().isAfter(latest)) {
      return Optional.empty();
    }
    return Optional.of(new Span(well ? last.from() : back, last.until()));
  }

  /**
   * When mail was seen to flow, or to have nothing to do, after all services were back.
   *
   * @param back when the last of them was
   */
  Optional<Instant> verified(Instant back, Instant now) {
    Instant begin = since;
    if (begin == null) {
      return Optional.empty();
    }
    if (!concerns(back)) {
      return Optional.of(back);
    }
    if (mail == State.UNKNOWN) {
      Instant from = unjudged == null || unjudged.isBefore(back) ? back : unjudged;
      return from.plus(JUDGED).isAfter(now) ? Optional.empty() : Optional.of(back);
    }
    Instant flowing = good;
    if (flowing == null) {
      return Optional.empty();
    }
    // An outage that ended before monitoring resumed is verified from its end, if mail flows now.
    boolean seen = !back.isBefore(begin) || standstill != null;
    return Optional.of(seen && flowing.isAfter(back) ? flowing : back);
  }

  /**
   * Outages that ended more than 30 minutes before monitoring resumed are not verified against
   * current mail flow.
   */
  private boolean concerns(Instant end) {
    return since != null && !end.plus(UpdateTracker.RECENT).isBefore(since);
  }
}
