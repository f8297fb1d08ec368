package dev.imfexporter.collector.event;

import dev.imfexporter.collector.EventCursor;
import java.time.Instant;
import java.util.Optional;

/** The position in a log. */
sealed interface Position {
  /** Empty if no record has been read. */
  default Optional<EventCursor> cursor() {
    return Optional.empty();
  }

  /** The log was never read, or had no record. */
  record Unknown() implements Position {}

  /**
   * The log is searched backwards for the record to begin with.
   *
   * @param next the number of the record to read next
   * @param first the number of the oldest record so far that is not too old
   * @param bound records before this time, by the host's clock, are too old
   */
  record Searching(long next, long first, Instant bound) implements Position {}

  /** The record to begin with is known, and nothing has been read yet. */
  record Before(long record) implements Position {}

  /**
   * The log was read up to a record.
   *
   * @param last the newest undamaged record that was read
   * @param next the number to read on from; higher than that after {@code last} if damaged records
   *     follow
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
