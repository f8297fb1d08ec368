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

  /**
   * The record to go on with is known.
   *
   * @param last the newest undamaged record that was read; empty if none was
   * @param next the number to read on from; higher than that after {@code last} if damaged records
   *     follow
   * @param leftOut whether {@code last} was read and returned as no event
   */
  record At(Optional<EventCursor> last, long next, boolean leftOut) implements Position {
    static At after(EventCursor last) {
      return new At(Optional.of(last), last.record() + 1, false);
    }

    static At beginning(long first) {
      return new At(Optional.empty(), first, false);
    }

    @Override
    public Optional<EventCursor> cursor() {
      return last;
    }
  }
}
