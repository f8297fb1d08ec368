package dev.imfexporter.watch.clock;

import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.collector.Meaning;
import dev.imfexporter.watch.fact.ServiceFact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Dates the events of one log on the axis of {@link HostTime}. Events carry the time of the host's
 * clock, which may be wrong by hours and may have been set in between. Where the offset is not
 * known, an event was written between the previous reading and the end of this one.
 */
final class EventTimes {
  /** The assumed error of a host's clock that was not measured yet. */
  private static final Duration UNMEASURED = Duration.ofMinutes(1);

  /** Windows trims a clock by less than this all the time, and records are not in perfect order. */
  private static final Duration JUMP = Duration.ofSeconds(1);

  private static final Duration SLACK = Duration.ofSeconds(2);

  private @Nullable Duration offset;
  private @Nullable Duration measured;
  private Duration error = UNMEASURED;
  private @Nullable Instant readUntil;
  private @Nullable Instant lastWritten;

  /**
   * @param sum by how much the clock had been set since the first event of a reading
   * @param inferred how many of these jumps only show in times that go back
   */
  private record Jump(Duration sum, int inferred) {
    static final Jump NONE = new Jump(Duration.ZERO, 0);
  }

  /**
   * Takes a measurement of the host's clock into account.
   *
   * @param ahead by how much it is ahead of the axis
   * @param within the error of {@code ahead}
   */
  void measured(Duration ahead, Duration within) {
    measured = ahead;
    error = within;
  }

  /**
   * @param events in the order of the log, behind those of the call before
   * @param complete whether these are all that were there when they were asked for
   */
  List<DatedEvent> date(List<LoggedEvent> events, Instant asked, Instant ended, boolean complete) {
    List<Jump> jumps = jumps(events);
    Jump all = jumps.isEmpty() ? Jump.NONE : jumps.get(jumps.size() - 1);
    Duration before = offset;
    Duration end = atEnd(jumps, all.sum());
    if (all.inferred() > 0 && !end.equals(measured)) {
      end = doubt(end, events.get(events.size() - 1), ended);
    }
    List<DatedEvent> placed = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      Jump jump = jumps.get(i);
      Duration ahead = end.minus(all.sum().minus(jump.sum()));
      Duration former = before == null ? ahead : before.plus(jump.sum());
      // Up to a jump of which only the direction is sure, what was measured before holds.
      boolean sure = all.inferred() == 0 || jump.inferred() > 0 || before == null;
      Instant floor = placed.isEmpty() ? readUntil : placed.get(i - 1).at();
      placed.add(
          place(
              events.get(i), sure ? List.of(ahead, former) : List.of(former, ahead), floor, ended));
    }
    offset = end;
    // The next jump is one from here.
    measured = null;
    if (complete) {
      readUntil = asked;
    }
    return placed;
  }

  /**
   * The clock was set back by at least as much as times went back, and by so much more as passed
   * meanwhile: the last event can have been written as late as just now.
   */
  private Duration doubt(Duration end, LoggedEvent last, Instant ended) {
    Instant earliest = last.written().minus(end);
    if (!earliest.isBefore(ended)) {
      return end;
    }
    Duration half = Duration.between(earliest, ended).dividedBy(2);
    error = error.plus(half);
    return end.minus(half);
  }

  private DatedEvent place(
      LoggedEvent event, List<Duration> candidates, @Nullable Instant floor, Instant ended) {
    for (Duration candidate : candidates) {
      Instant at = event.written().minus(candidate);
      if (possible(at, ended)) {
        return new DatedEvent(event, at, error);
      }
    }
    // Whatever the host's clock showed: it was written since the reading before.
    Instant from = readUntil != null ? readUntil : floor;
    if (from == null || from.isAfter(ended)) {
      return new DatedEvent(event, ended, Duration.ZERO);
    }
    Duration half = Duration.between(from, ended).dividedBy(2);
    return new DatedEvent(event, from.plus(half), half);
  }

  private boolean possible(Instant at, Instant ended) {
    Duration around = error.plus(SLACK);
    return !at.minus(around).isAfter(ended)
        && (readUntil == null
            || !at.plus(ServiceFact.LogRecord.RESOLUTION).plus(around).isBefore(readUntil));
  }

  /** By how much the clock had been set at each event, in sum since the first. */
  private List<Jump> jumps(List<LoggedEvent> events) {
    List<Jump> jumps = new ArrayList<>();
    Duration sum = Duration.ZERO;
    int inferred = 0;
    Instant last = lastWritten;
    for (LoggedEvent event : events) {
      if (event.meaning() instanceof Meaning.ClockSet set) {
        Duration by = Duration.between(set.from(), set.to());
        if (by.abs().compareTo(JUMP) > 0) {
          sum = sum.plus(by);
          last = null;
        }
      } else if (!atBoot(event.meaning())) {
        if (last != null && event.written().plus(SLACK).isBefore(last)) {
          // At least by that much: the time that passed meanwhile is not known.
          sum = sum.plus(Duration.between(last, event.written()));
          inferred++;
        }
        last = event.written();
      }
      jumps.add(new Jump(sum, inferred));
    }
    lastWritten = last;
    return jumps;
  }

  /** Some of these tell of a time before the one at which they were written. */
  private static boolean atBoot(Meaning meaning) {
    return meaning instanceof Meaning.Booted || meaning instanceof Meaning.ShutDown;
  }

  /**
   * By how much the clock was ahead at the last event. It was measured before, between or after the
   * jumps: where it fits best.
   */
  private Duration atEnd(List<Jump> jumps, Duration all) {
    Duration before = offset;
    Duration newest = measured;
    if (newest == null) {
      return before == null ? Duration.ZERO : before.plus(all);
    }
    if (before == null) {
      return newest;
    }
    Duration included = Duration.ZERO;
    for (Jump jump : jumps) {
      if (distance(newest, before.plus(jump.sum()))
              .compareTo(distance(newest, before.plus(included)))
          < 0) {
        included = jump.sum();
      }
    }
    return newest.plus(all.minus(included));
  }

  private static Duration distance(Duration a, Duration b) {
    return a.minus(b).abs();
  }
}
