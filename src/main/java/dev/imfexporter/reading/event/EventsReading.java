package dev.imfexporter.reading.event;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.EventLog;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.reading.EventCursor;
import dev.imfexporter.reading.Events;
import dev.imfexporter.reading.Events.LogRead;
import dev.imfexporter.reading.Reading;
import dev.imfexporter.reading.ReadingName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the event logs have told since the last time. Where to read on goes by the numbers of the
 * records, so a host's clock may be wrong or jump.
 *
 * <p>Every event is handed out once: when {@link #take} has returned, this object has moved on, and
 * whoever drops the result has lost the events in it. When it has thrown, it has not.
 */
public final class EventsReading implements Reading<Events> {

  /** The logs that have what matters here. */
  public static final List<String> LOGS = List.of(EventLog.SYSTEM, EventLog.APPLICATION);

  /** How far back to begin in a log that was never read. */
  public static final Duration LOOK_BACK = Duration.ofDays(7);

  private final List<String> logs;
  private final Function<String, Optional<EventCursor>> kept;
  private final LogReading.Plan plan;
  private final Map<String, Position> positions = new HashMap<>();

  /**
   * @param kept how far an earlier run has read a log; asked once for each, at the first reading
   * @param lookBack how far back to begin in a log that was never read, by the host's clock
   * @param clock of this machine, for how long to read at a time and against a host whose clock is
   *     ahead
   */
  public EventsReading(
      List<String> logs,
      Function<String, Optional<EventCursor>> kept,
      Interpreters interpreters,
      Duration lookBack,
      InstantSource clock) {
    this.logs = List.copyOf(logs);
    this.kept = kept;
    this.plan = new LogReading.Plan(interpreters, lookBack, clock);
  }

  @Override
  public ReadingName name() {
    return ReadingName.EVENTS;
  }

  /**
   * Reads on in every log, a bounded piece of each.
   *
   * @throws AccessException if no log can be read; of some that cannot, the result tells
   */
  @Override
  public Events take(HostAccess host) throws AccessException {
    List<LogReading> readings = new ArrayList<>();
    Optional<AccessException> failure = Optional.empty();
    boolean anything = false;
    Instant began = plan.clock().instant();
    for (String log : logs) {
      LogReading reading = new LogReading(log, position(log), plan, began);
      Optional<AccessException> failed = reading.read(host.eventLog());
      anything |= failed.isEmpty() || reading.hasRead();
      failure = failure.isPresent() ? failure : failed;
      readings.add(reading);
    }
    if (failure.isPresent() && !anything) {
      throw failure.get();
    }
    List<LogRead> reads = new ArrayList<>();
    for (LogReading reading : readings) {
      positions.put(reading.log(), reading.position());
      reads.add(reading.result());
    }
    return new Events(reads);
  }

  private Position position(String log) {
    return positions.computeIfAbsent(
        log,
        name -> kept.apply(name).<Position>map(Position.After::of).orElse(new Position.Unknown()));
  }
}
