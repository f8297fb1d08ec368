package dev.imfexporter.watch;

import dev.imfexporter.reading.LoggedEvent;
import dev.imfexporter.reading.Meaning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Puts the times of a host's events on the exporter's clock. Events carry whole seconds of the
 * host's clock as it was when they were written.
 */
final class EventTimes {
  /** Of a host whose clock was never asked for, within what hosts of one network may differ. */
  private static final Duration UNKNOWN = Duration.ofSeconds(30);

  /** Between records of one log, events of several providers are this much out of order. */
  private static final Duration DISORDER = Duration.ofSeconds(5);

  private Duration offset = Duration.ZERO;
  private Duration error = UNKNOWN;

  /**
   * The host's clock was asked for.
   *
   * @param ahead by how much it is ahead of the exporter's
   * @param mayBeOff by how much that may be wrong
   */
  void measured(Duration ahead, Duration mayBeOff) {
    offset = ahead;
    error = mayBeOff;
  }

  /** By how much a time on the exporter's clock may be off, beyond the rounding to seconds. */
  Duration error() {
    return error;
  }

  /** A time of the host's present clock, on the exporter's. */
  Instant axis(Instant hosts) {
    return hosts.minus(offset);
  }

  /**
   * When the events of a log happened. The newest of them were written by the present clock; a clock
   * that was set in between is followed back, from the event that tells of it or from the leap back
   * that it left in the log.
   */
  List<Instant> axis(List<LoggedEvent> events) {
    List<Instant> times = new ArrayList<>(events.size());
    Duration shift = offset.negated();
    for (int i = events.size() - 1; i >= 0; i--) {
      LoggedEvent event = events.get(i);
      times.add(event.written().plus(shift));
      if (event.meaning() instanceof Meaning.ClockSet set) {
        shift = shift.plus(Duration.between(set.from(), set.to()));
      } else if (i > 0 && !(events.get(i - 1).meaning() instanceof Meaning.ClockSet)) {
        Duration back = Duration.between(event.written(), events.get(i - 1).written());
        if (back.compareTo(DISORDER) > 0) {
          shift = shift.minus(back);
        }
      }
    }
    Collections.reverse(times);
    return times;
  }
}
