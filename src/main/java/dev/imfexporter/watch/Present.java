package dev.imfexporter.watch;

import dev.imfexporter.watch.Downtime.Span;
import dev.imfexporter.watch.MailFlow.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the looks at a host have shown since it could be read without a break. */
final class Present {
  /** A judgement of mail flow needs no longer than this; after that, the services alone tell. */
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
   * Takes a look into account.
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

  /** The services that are out: since when, or since which look if nobody saw it begin. */
  Map<String, Instant> out() {
    return out;
  }

  /** Whether mail stands still now. */
  boolean stands() {
    return mail == State.HALTED || mail == State.STALLED;
  }

  private boolean flows() {
    return mail == State.FLOWING || mail == State.IDLE;
  }

  /**
   * How long mail stood still after the services that pass it were back; empty when it did not, or
   * when it had been well for so long that this is another trouble.
   */
  Optional<Span> standstillAfter(Instant back) {
    Span last = standstill;
    if (last == null || !last.until().isAfter(back) || !concerns(back)) {
      return Optional.empty();
    }
    boolean well = flowedBefore != null && flowedBefore.isAfter(back);
    Instant latest = back.plus(well ? EpisodeDraft.GRACE : JUDGED);
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
    // What was over before anybody looked, and was then found well, was well from its end.
    boolean seen = !back.isBefore(begin) || standstill != null;
    return Optional.of(seen && flowing.isAfter(back) ? flowing : back);
  }

  /** Of what was over long before anybody looked, mail flow at present says nothing. */
  private boolean concerns(Instant end) {
    return since != null && !end.plus(UpdateLedger.RECENT).isBefore(since);
  }
}
