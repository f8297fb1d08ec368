package dev.imfexporter.watch.clock;

import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.watch.fact.ServiceFact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Dates the events of one log on the axis of {@link HostTime}. Events carry the time of the host's
 * clock, which may be wrong by hours, may have been set in between, and may start wrong at a boot.
 * Where the offset is not known, an event was written between the previous reading and the end of
 * this one. No event is earlier than those of the boot before it.
 */
final class EventTimes {
  /** The assumed error of a host's clock that was not measured yet. */
  private static final Duration UNMEASURED = Duration.ofMinutes(1);

  private static final Duration SLACK = Duration.ofSeconds(2);

  private final LogSessions sessions = new LogSessions();
  private @Nullable Duration offset;
  private @Nullable Measurement measured;

  /**
   * How far {@link #offset} may be off, either way: the error of the newest measurement; without
   * one, the assumed minute, or half the time in which the clock must have been set back.
   */
  private Duration error = UNMEASURED;

  private @Nullable Instant readUntil;
  private @Nullable Instant lastDated;

  /**
   * A measurement that was made since the reading before.
   *
   * @param ahead by how much the host's clock was ahead of the axis
   * @param shown what it showed
   */
  private record Measurement(Duration ahead, Instant shown) {}

  /**
   * Takes a measurement of the host's clock into account.
   *
   * @param ahead by how much it is ahead of the axis
   * @param within the error of {@code ahead}
   * @param shown what it shows
   */
  void measured(Duration ahead, Duration within, Instant shown) {
    measured = new Measurement(ahead, shown);
    error = within;
  }

  /**
   * @param events in the order of the log, behind those of the call before
   * @param complete whether these are all that were there when they were asked for
   * @return the events in their order, but what an event reports of the end of the session before
   *     its boot is dated there and stands there
   */
  List<DatedEvent> date(List<LoggedEvent> events, Instant asked, Instant ended, boolean complete) {
    List<LogSession> split = sessions.split(events);
    List<DatedEvent> dated =
        split.size() == 1 ? withoutBoot(split.get(0), ended) : withBoots(split, ended);
    measured = null;
    if (!dated.isEmpty()) {
      lastDated = dated.get(dated.size() - 1).at();
    }
    if (complete) {
      readUntil = asked;
    }
    return dated;
  }

  private List<DatedEvent> withoutBoot(LogSession session, Instant ended) {
    Duration before = offset;
    Duration end = atEnd(session, before);
    List<LogSession.Steps> steps = session.steps();
    int inferred = steps.isEmpty() ? 0 : steps.get(steps.size() - 1).inferred();
    if (before != null && inferred > 0 && (measured == null || !end.equals(measured.ahead()))) {
      end = doubt(end, session, ended);
    }
    offset = end;
    List<Duration> ahead = session.offsets(before, end, tolerance());
    List<DatedEvent> dated = new ArrayList<>();
    for (int i = 0; i < session.events().size(); i++) {
      Duration former = before == null ? ahead.get(i) : before.plus(steps.get(i).sum());
      // Up to a jump of which only the direction is sure, what was measured before holds.
      boolean sure = inferred == 0 || steps.get(i).inferred() > 0 || before == null;
      List<Duration> candidates =
          sure ? List.of(ahead.get(i), former) : List.of(former, ahead.get(i));
      Instant floor = dated.isEmpty() ? readUntil : dated.get(i - 1).at();
      dated.add(place(session.events().get(i), candidates, floor, ended));
    }
    return dated;
  }

  /**
   * A boot is where the clock may start wrong: the first session goes on from the offset that was
   * measured before, and each other one ends with the offset of a clock that was set right.
   */
  private List<DatedEvent> withBoots(List<LogSession> split, Instant ended) {
    LogSession first = split.get(0);
    LogSession last = split.get(split.size() - 1);
    Duration before = offset;
    Duration stepped = before == null ? null : first.after(before);
    Duration end = notAhead(atEnd(last, stepped), last, ended);
    Duration firstEnd = endOfFirst(before, stepped, end);
    offset = end;
    List<DatedEvent> dated = new ArrayList<>();
    Duration ahead = firstEnd;
    Instant floor = first.events().isEmpty() ? lastDated : null;
    for (LogSession session : split) {
      if (session != first) {
        floor = floor == null && !dated.isEmpty() ? dated.get(dated.size() - 1).at() : floor;
        for (LoggedEvent event : session.reports()) {
          dated.add(death(event, ahead, ended));
        }
      }
      ahead = session == last ? end : firstEnd;
      List<Duration> best = session.offsets(session == first ? before : null, ahead, tolerance());
      List<Duration> other = session.offsets(null, end, tolerance());
      for (int i = 0; i < session.events().size(); i++) {
        Instant from = dated.isEmpty() ? readUntil : dated.get(dated.size() - 1).at();
        List<Duration> candidates = List.of(best.get(i), other.get(i));
        DatedEvent event = place(session.events().get(i), candidates, from, ended);
        dated.add(floor == null ? event : notBefore(floor, event, ended));
      }
      floor = dated.isEmpty() ? floor : dated.get(dated.size() - 1).at();
    }
    return dated;
  }

  /** The offset at the end of the session that goes on from the reading before. */
  private Duration endOfFirst(@Nullable Duration before, @Nullable Duration stepped, Duration end) {
    if (before == null || stepped == null) {
      return end;
    }
    // Steps that lead to another offset than both ends have took back what the clock had drifted.
    boolean drifted =
        end.minus(stepped).abs().compareTo(tolerance()) > 0
            && end.minus(before).abs().compareTo(tolerance()) <= 0;
    return drifted ? before : stepped;
  }

  /** No record of the newest session was written after the end of the reading. */
  private Duration notAhead(Duration end, LogSession session, Instant ended) {
    if (session.events().isEmpty()) {
      return end;
    }
    Instant newest = session.events().get(session.events().size() - 1).written();
    return newest.minus(end).minus(tolerance()).isAfter(ended)
        ? Duration.between(ended, newest)
        : end;
  }

  private static DatedEvent notBefore(Instant floor, DatedEvent event, Instant ended) {
    return event.at().isBefore(floor) && !floor.isAfter(ended)
        ? new DatedEvent(event.event(), floor, event.margin())
        : event;
  }

  private DatedEvent death(LoggedEvent event, Duration ahead, Instant ended) {
    Instant at = LogSessions.reported(event).orElse(event.written()).minus(ahead);
    return new DatedEvent(event, at.isAfter(ended) ? ended : at, error);
  }

  private Duration tolerance() {
    return error.plus(SLACK);
  }

  /**
   * The clock was set back by at least as much as times went back, and by so much more as passed
   * meanwhile: the last event was written after the reading before, and can be as young as this
   * one.
   */
  private Duration doubt(Duration end, LogSession session, Instant ended) {
    Instant written = session.events().get(session.events().size() - 1).written();
    Instant from = later(written.minus(end).minus(error), readUntil);
    if (!from.isBefore(ended)) {
      return end;
    }
    error = Duration.between(from, ended).dividedBy(2);
    return Duration.between(from.plus(error), written);
  }

  private DatedEvent place(
      LoggedEvent event, List<Duration> candidates, @Nullable Instant floor, Instant ended) {
    for (Duration candidate : candidates) {
      Instant at = event.written().minus(candidate);
      if (possible(at, ended)) {
        return new DatedEvent(event, at, error);
      }
    }
    // The host's clock does not matter here: the event was written since the reading before, and
    // not before its predecessor.
    Instant from = floor == null ? readUntil : later(floor, readUntil);
    if (from == null || from.isAfter(ended)) {
      return new DatedEvent(event, from == null ? ended : from, Duration.ZERO);
    }
    Duration half = Duration.between(from, ended).dividedBy(2);
    return new DatedEvent(event, from.plus(half), half);
  }

  private static Instant later(Instant a, @Nullable Instant b) {
    return b == null || a.isAfter(b) ? a : b;
  }

  private boolean possible(Instant at, Instant ended) {
    return !at.minus(tolerance()).isAfter(ended)
        && (readUntil == null
            || !at.plus(ServiceFact.LogRecord.RESOLUTION).plus(tolerance()).isBefore(readUntil));
  }

  /**
   * By how much the clock was ahead at the last event of the newest session.
   *
   * @param before by how much it was ahead when it was last right; null if that is not known
   */
  private Duration atEnd(LogSession session, @Nullable Duration before) {
    Measurement newest = measured;
    if (newest == null) {
      return before == null ? Duration.ZERO : session.after(before);
    }
    if (before == null) {
      return newest.ahead();
    }
    return session.atEnd(newest.ahead(), newest.shown(), before);
  }
}
