package dev.imfexporter.access;

import java.util.Optional;

/** An open event log. For one thread at a time. */
public interface EventLogReader extends AutoCloseable {

  /** The direction in which to read on from a record. */
  enum Direction {
    OLDER,
    NEWER
  }

  /**
   * The numbers of the records that a log holds; both ends included.
   *
   * @param oldest 1 in a log that has not lost any record
   */
  record Range(long oldest, long newest) {}

  /** What the log holds now; empty when it has no record. */
  Optional<Range> range() throws AccessException;

  /**
   * Whole records in their binary form (<a
   * href="https://learn.microsoft.com/windows/win32/api/winnt/ns-winnt-eventlogrecord">
   * EVENTLOGRECORD</a>), one behind the other: first the record with that number, then its
   * neighbours in that direction, as many as the host sends at once. No bytes when no record has
   * that number.
   */
  byte[] read(long from, Direction direction) throws AccessException;

  @Override
  void close();
}
