package dev.imfexporter.collector.event;

import dev.imfexporter.access.AccessException.Malformed;
import dev.imfexporter.access.EventLog;
import dev.imfexporter.access.format.EventRecord;
import dev.imfexporter.access.format.EventRecords;
import dev.imfexporter.access.format.RawEvent;
import dev.imfexporter.collector.EventCursor;
import dev.imfexporter.collector.HostText;
import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.collector.LoggedEvent.Level;
import dev.imfexporter.collector.Meaning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The events of one piece of a log so far. */
final class Collected {
  private static final int MOST_OF_OTHER_MAKERS = 20;
  private static final int LONGEST_PROVIDER = 80;

  private final String log;
  private final EventDecoders decoders;
  private final List<LoggedEvent> events = new ArrayList<>();
  private long seen;
  private long bytes;
  private long damaged;
  private Optional<EventCursor> last = Optional.empty();

  Collected(String log, EventDecoders decoders) {
    this.log = log;
    this.decoders = decoders;
  }

  /** Of those of other makers, whose number nothing else bounds, the newest. */
  List<LoggedEvent> events() {
    long dropped = events.stream().filter(Collected::isOfOtherMaker).count() - MOST_OF_OTHER_MAKERS;
    List<LoggedEvent> kept = new ArrayList<>();
    for (LoggedEvent event : events) {
      if (dropped > 0 && isOfOtherMaker(event)) {
        dropped--;
      } else {
        kept.add(event);
      }
    }
    return kept;
  }

  private static boolean isOfOtherMaker(LoggedEvent event) {
    return event.meaning() instanceof Meaning.OtherMaker;
  }

  /** The number of records, including those without meaning and damaged ones. */
  long seen() {
    return seen;
  }

  /** The size of the answers. */
  long bytes() {
    return bytes;
  }

  long damaged() {
    return damaged;
  }

  /**
   * @param next the number to read on from
   */
  Position position(long next) {
    return new Position.At(last, next, last.filter(record -> !isTaken(record)).isPresent());
  }

  /** The records go on from there without a gap. */
  void follows(Position.At position) {
    if (position.leftOut()) {
      last = position.last();
    }
  }

  /**
   * Decodes the records of an answer.
   *
   * @param from the number of its first record
   * @return the number to read on from, always higher
   */
  long add(byte[] answer, long from) {
    bytes += answer.length;
    EventRecords found = EventRecords.find(answer);
    int passed = found.records().size() + found.skipped();
    if (passed == 0) {
      // The end of the record is not known, but the next one can be requested by number.
      seen++;
      damaged++;
      return from + 1;
    }
    seen += passed;
    damaged += found.skipped();
    long next = from + passed;
    for (RawEvent event : found.records()) {
      // Numbers have no gaps: one that is out of range is damaged, and must not become a cursor.
      if (event.number() < from || event.number() >= from + passed) {
        damaged++;
      } else {
        take(event);
      }
    }
    return next;
  }

  private void take(RawEvent event) {
    Optional<EventCursor> before = last;
    last = Optional.of(new EventCursor(event.number(), event.written()));
    if (!decoders.isRelevant(event.provider(), event.id())) {
      if (log.equals(EventLog.APPLICATION) && OtherMakers.has(event.provider())) {
        ofOtherMaker(event);
      }
      return;
    }
    try {
      EventRecord decoded = event.decode();
      Optional<Meaning> meaning = decoders.meaning(decoded);
      meaning
          .filter(Meaning::isOfBoot)
          .flatMap(boot -> before)
          .filter(record -> !isTaken(record))
          .ifPresent(record -> events.add(lastBeforeBoot(record)));
      meaning.ifPresent(known -> events.add(logged(decoded, known)));
    } catch (Malformed e) {
      damaged++;
    }
  }

  private void ofOtherMaker(RawEvent event) {
    try {
      EventRecord decoded = event.decode();
      events.add(
          new LoggedEvent(
              log,
              decoded.number(),
              decoded.written(),
              HostText.printable(decoded.provider(), LONGEST_PROVIDER),
              decoded.id(),
              level(decoded.type()),
              new Meaning.OtherMaker()));
    } catch (Malformed e) {
      damaged++;
    }
  }

  private boolean isTaken(EventCursor record) {
    return !events.isEmpty() && events.get(events.size() - 1).record() == record.record();
  }

  private LoggedEvent lastBeforeBoot(EventCursor record) {
    return new LoggedEvent(
        log,
        record.record(),
        record.written(),
        "",
        0,
        Level.INFORMATION,
        new Meaning.LastBeforeBoot());
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

  /** Information for a type that Windows does not define. */
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
