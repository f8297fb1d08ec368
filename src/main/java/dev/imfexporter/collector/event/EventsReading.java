package dev.imfexporter.collector.event;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.EventLog;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.collector.Collector;
import dev.imfexporter.collector.EventCursor;
import dev.imfexporter.collector.Events;
import dev.imfexporter.collector.Events.LogRead;
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
 * The events since the last reading. It goes on by the numbers of records, so that a wrong or
 * changed clock of the host does not matter.
 *
 * <p>{@link #take} returns every event once: a caller that drops the result loses its events. If it
 * throws, the next call returns them.
 */
public final class EventsReading implements Collector<Events> {

  /** The logs that are read. */
  public static final List<String> LOGS = List.of(EventLog.SYSTEM, EventLog.APPLICATION);

  /**
   * How much of a log is read at once, and so is in memory at once.
   *
   * @param records after which a piece ends
   * @param bytes of answers after which a piece ends; a record has half a MiB at most
   */
  public record Piece(int records, int bytes) {
    /** Of a log that is read on for as long as the exporter runs. */
    public static final Piece LARGE = new Piece(20_000, 8 << 20);

    /** Of a log that is read from its beginning to its end at once. */
    public static final Piece SMALL = new Piece(2_000, 1 << 20);
  }

  private final List<String> logs;
  private final Function<String, Optional<EventCursor>> kept;
  private final LogReading.Plan plan;
  private final Map<String, Position> positions = new HashMap<>();
  private final Map<String, Long> damaged = new HashMap<>();

  /**
   * @param kept how far an earlier run has read a log; called once for each, at the first reading
   * @param lookBack how far back to begin in a log that was never read, by the host's clock
   * @param clock of this machine, for the time limit of a piece and the begin of the look-back
   */
  public EventsReading(
      List<String> logs,
      Function<String, Optional<EventCursor>> kept,
      EventDecoders decoders,
      Duration lookBack,
      InstantSource clock) {
    this(logs, kept, new LogReading.Plan(decoders, lookBack, clock, Piece.LARGE));
  }

  private EventsReading(
      List<String> logs, Function<String, Optional<EventCursor>> kept, LogReading.Plan plan) {
    this.logs = List.copyOf(logs);
    this.kept = kept;
    this.plan = plan;
  }

  /** The same before its first call, in such pieces. */
  public EventsReading in(Piece piece) {
    return new EventsReading(
        logs, kept, new LogReading.Plan(plan.decoders(), plan.lookBack(), plan.clock(), piece));
  }

  /**
   * Reads the next piece of every log.
   *
   * @throws AccessException if no log can be read; {@link LogRead#failure} has the failure of one
   *     beside others
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
      LogRead read = reading.result(damaged.getOrDefault(reading.log(), 0L));
      positions.put(reading.log(), reading.position());
      damaged.put(reading.log(), read.damaged());
      reads.add(read);
    }
    return new Events(reads);
  }

  private Position position(String log) {
    return positions.computeIfAbsent(
        log,
        name -> kept.apply(name).<Position>map(Position.At::after).orElse(new Position.Unknown()));
  }
}
