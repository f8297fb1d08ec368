package dev.imfexporter.reading.event;

import dev.imfexporter.access.AccessException.Malformed;
import dev.imfexporter.access.format.EventRecord;
import dev.imfexporter.access.format.EventRecords;
import dev.imfexporter.access.format.RawEvent;
import dev.imfexporter.reading.EventCursor;
import dev.imfexporter.reading.LoggedEvent;
import dev.imfexporter.reading.LoggedEvent.Level;
import dev.imfexporter.reading.Meaning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one piece of a log has brought so far. */
final class Collected {
  private final String log;
  private final Interpreters interpreters;
  private final List<LoggedEvent> events = new ArrayList<>();
  private long seen;
  private long damaged;
  private Optional<EventCursor> last = Optional.empty();

  Collected(String log, Interpreters interpreters) {
    this.log = log;
    this.interpreters = interpreters;
  }

  List<LoggedEvent> events() {
    return events;
  }

  /** How many records were passed, with those that do not matter and those that are damaged. */
  long seen() {
    return seen;
  }

  long damaged() {
    return damaged;
  }

  /** Where that leaves us, with the number to read on from. */
  Position position(long next) {
    return last.<Position>map(cursor -> new Position.After(cursor, next))
        .orElse(new Position.Before(next));
  }

  /**
   * Takes the records of an answer that begins with that number.
   *
   * @return the number to read on from, always higher
   */
  long add(byte[] answer, long from) {
    EventRecords found = EventRecords.find(answer);
    int passed = found.records().size() + found.skipped();
    if (passed == 0) {
      // Where the record ends is not known, but its neighbour can be asked for by number.
      seen++;
      damaged++;
      return from + 1;
    }
    seen += passed;
    damaged += found.skipped();
    long next = from + passed;
    for (RawEvent event : found.records()) {
      // Numbers have no gaps; one that leads far away is damage, and would be taken for a cursor.
      if (event.number() < from || event.number() >= from + passed) {
        damaged++;
      } else {
        take(event);
      }
    }
    return next;
  }

  private void take(RawEvent event) {
    last = Optional.of(new EventCursor(event.number(), event.written()));
    if (!interpreters.matters(event.provider(), event.id())) {
      return;
    }
    try {
      EventRecord decoded = event.decode();
      interpreters.meaning(decoded).ifPresent(meaning -> events.add(logged(decoded, meaning)));
    } catch (Malformed e) {
      damaged++;
    }
  }

  private LoggedEvent logged(EventRecord event, Meaning meaning) {
    return new LoggedEvent(
        log,
        event.number(),
        event.written(),
        event.provider(),
        event.id(),
        level(event.type()),
        meaning);
  }

  /** A type that Windows does not define is information, so that nothing is made of it. */
  private static Level level(int type) {
    return switch (type) {
      case EventRecord.ERROR -> Level.ERROR;
      case EventRecord.WARNING -> Level.WARNING;
      case EventRecord.AUDIT_SUCCESS -> Level.AUDIT_SUCCESS;
      case EventRecord.AUDIT_FAILURE -> Level.AUDIT_FAILURE;
      default -> Level.INFORMATION;
    };
  }
}
