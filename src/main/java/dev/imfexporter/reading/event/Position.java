package dev.imfexporter.reading.event;

import dev.imfexporter.reading.EventCursor;
import java.time.Instant;
import java.util.Optional;

/** Where to read on in a log. */
sealed interface Position {
  /** How far it has been read; empty when it has not. */
  default Optional<EventCursor> cursor() {
    return Optional.empty();
  }

  /** It was never read, or had no record. */
  record Unknown() implements Position {}

  /**
   * It is being searched backwards for where to begin.
   *
   * @param next the record to look at next
   * @param first the oldest one so far that is not too old
   * @param bound older than this is too old
   */
  record Searching(long next, long first, Instant bound) implements Position {}

  /** Where to begin is known, and nothing has been read yet. */
  record Before(long record) implements Position {}

  /**
   * It was read as far as this.
   *
   * @param next further on than the next record if damaged ones follow, which have no time to know
   *     them by
   */
  record After(EventCursor last, long next) implements Position {
    static After of(EventCursor last) {
      return new After(last, last.record() + 1);
    }

    @Override
    public Optional<EventCursor> cursor() {
      return Optional.of(last);
    }
  }
}
