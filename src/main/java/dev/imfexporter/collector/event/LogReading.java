package dev.imfexporter.collector.event;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.CallFailed;
import dev.imfexporter.access.EventLog;
import dev.imfexporter.access.EventLogReader;
import dev.imfexporter.access.EventLogReader.Direction;
import dev.imfexporter.access.EventLogReader.Range;
import dev.imfexporter.access.format.EventRecords;
import dev.imfexporter.access.format.RawEvent;
import dev.imfexporter.collector.EventCursor;
import dev.imfexporter.collector.Events.Interruption;
import dev.imfexporter.collector.Events.LogRead;
import dev.imfexporter.collector.Result.Failed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Reads one piece of one log. */
final class LogReading {
  private static final Duration LONGEST = Duration.ofSeconds(2);

  /** ERROR_EVENTLOG_FILE_CHANGED: the log was cleared while it was open. */
  private static final int EVENTLOG_FILE_CHANGED = 1503;

  /**
   * What all logs have in common.
   *
   * @param lookBack how far back to begin in a log that was never read, by the host's clock
   * @param clock of this machine
   * @param piece how much is read at once
   */
  record Plan(
      EventDecoders decoders, Duration lookBack, InstantSource clock, EventsReading.Piece piece) {}

  private final String log;
  private final Plan plan;
  private final Instant began;
  private final Collected collected;
  private Position position;
  private Optional<Interruption> interruption = Optional.empty();
  private boolean complete;
  private Optional<Failed<?>> failure = Optional.empty();

  /**
   * @param began the begin of the time limit, which all logs share; at least one answer of the host
   *     is read even if the time is up
   */
  LogReading(String log, Position position, Plan plan, Instant began) {
    this.log = log;
    this.position = position;
    this.plan = plan;
    this.began = began;
    collected = new Collected(log, plan.decoders());
  }

  String log() {
    return log;
  }

  /** The position after this piece. */
  Position position() {
    return position;
  }

  /** Whether the piece has a result, even if the reading failed after it. */
  boolean hasRead() {
    return collected.seen() > 0 || interruption.isPresent();
  }

  /**
   * @param damaged the number of damaged records before this piece
   */
  LogRead result(long damaged) {
    return new LogRead(
        log,
        position.cursor(),
        interruption,
        complete,
        collected.events(),
        damaged + collected.damaged(),
        failure);
  }

  /**
   * Reads from the position to the end of the log or of the piece.
   *
   * @return why it could not; empty if nothing failed
   */
  Optional<AccessException> read(EventLog port) {
    try {
      try {
        readOnce(port);
      } catch (CallFailed e) {
        if (e.error().code() != EVENTLOG_FILE_CHANGED) {
          throw e;
        }
        readOnce(port);
      }
      return Optional.empty();
    } catch (AccessException e) {
      // Complete, so that the caller waits for its interval before it tries again.
      complete = true;
      failure = Optional.of(new Failed<>(String.valueOf(e.getMessage()), e.reason()));
      return Optional.of(e);
    }
  }

  private void readOnce(EventLog port) throws AccessException {
    try (EventLogReader reader = port.open(log)) {
      Optional<Range> range = reader.range();
      if (range.isEmpty()) {
        if (position.cursor().isPresent()) {
          interruption = Optional.of(Interruption.CLEARED);
        }
        position = new Position.Unknown();
        complete = true;
        return;
      }
      Optional<Long> from = from(reader, range.get());
      if (from.isPresent()) {
        forward(reader, from.get(), range.get());
      }
    }
  }

  /** The record to read on from; empty if the search for it takes another piece. */
  private Optional<Long> from(EventLogReader reader, Range range) throws AccessException {
    if (position instanceof Position.Unknown) {
      position = newest(reader, range);
    }
    while (position instanceof Position.Searching search) {
      position = searchOn(reader, search);
      if (isEnough()) {
        return Optional.empty();
      }
    }
    return position instanceof Position.At at
        ? Optional.of(resume(reader, at, range))
        : Optional.empty();
  }

  private long resume(EventLogReader reader, Position.At at, Range range) throws AccessException {
    if (at.last().isEmpty()) {
      return at.next() > range.newest() + 1 ? range.oldest() : at.next();
    }
    EventCursor last = at.last().get();
    if (range.newest() < last.record() || isOther(reader, last, range)) {
      return interrupted(Interruption.CLEARED, range);
    }
    if (range.oldest() > at.next()) {
      return interrupted(Interruption.WRAPPED, range);
    }
    collected.follows(at);
    return at.next();
  }

  /** Whether the log now has another record with that number. */
  private static boolean isOther(EventLogReader reader, EventCursor last, Range range)
      throws AccessException {
    if (range.oldest() > last.record()) {
      return false;
    }
    List<RawEvent> again = EventRecords.find(reader.read(last.record(), Direction.NEWER)).records();
    return !again.isEmpty()
        && again.get(0).number() == last.record()
        && !again.get(0).written().equals(last.written());
  }

  /**
   * Begins the search. The look-back counts from the newest record, because the host's clock may be
   * slow. If that record is in the future, it counts from now: its time may be an odd one.
   */
  private Position newest(EventLogReader reader, Range range) throws AccessException {
    Instant bound = began.minus(plan.lookBack());
    List<RawEvent> newest =
        EventRecords.find(reader.read(range.newest(), Direction.OLDER)).records();
    if (!newest.isEmpty() && newest.get(0).written().isBefore(began)) {
      bound = newest.get(0).written().minus(plan.lookBack());
    }
    return new Position.Searching(range.newest(), range.newest() + 1, bound);
  }

  /** Ends at an answer of which every record is too old: single odd times come from clock jumps. */
  private static Position searchOn(EventLogReader reader, Position.Searching search)
      throws AccessException {
    byte[] answer = reader.read(search.next(), Direction.OLDER);
    List<RawEvent> found = EventRecords.find(answer).records();
    if (answer.length > 0 && found.isEmpty()) { // Damaged: go on with the one before.
      return new Position.Searching(search.next() - 1, search.first(), search.bound());
    }
    long next = search.next();
    long first = search.first();
    for (RawEvent event : found) {
      if (event.number() <= search.next()) {
        next = Math.min(next, event.number() - 1);
        first = event.written().isBefore(search.bound()) ? first : Math.min(first, event.number());
      }
    }
    return first == search.first() || next == search.next()
        ? Position.At.beginning(first)
        : new Position.Searching(next, first, search.bound());
  }

  private void forward(EventLogReader reader, long from, Range known) throws AccessException {
    Range range = known;
    long next = from;
    while (next <= range.newest()) {
      byte[] answer = reader.read(next, Direction.NEWER);
      if (answer.length > 0) {
        next = collected.add(answer, next);
        position = collected.position(next);
        if (isEnough() && next <= range.newest()) {
          return;
        }
        continue;
      }
      Optional<Range> now = reader.range();
      if (now.isEmpty() || now.get().oldest() <= next) {
        break; // Cleared, or a record that the host does not return: the next piece finds out.
      }
      range = now.get();
      next = interrupted(Interruption.WRAPPED, range);
    }
    complete = true;
  }

  /** Goes on at the oldest record. The first reason of a piece is kept. */
  private long interrupted(Interruption why, Range range) {
    if (interruption.isEmpty()) {
      interruption = Optional.of(why);
    }
    position = Position.At.beginning(range.oldest());
    return range.oldest();
  }

  private boolean isEnough() {
    return collected.seen() >= plan.piece().records()
        || collected.bytes() >= plan.piece().bytes()
        || Duration.between(began, plan.clock().instant()).abs().compareTo(LONGEST) > 0;
  }
}
