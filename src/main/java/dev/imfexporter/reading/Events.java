package dev.imfexporter.reading;

import java.util.List;
import java.util.Optional;

/** What the event logs have told since they were last read. */
public record Events(List<LogRead> logs) {
  public Events {
    logs = List.copyOf(logs);
  }

  /**
   * One log.
   *
   * @param log its name, e.g. {@code System}
   * @param cursor how far it has been read now; empty for a log without a record, and while it is
   *     still being searched for where to begin
   * @param interruption why records between the former cursor and the first of {@code events} were
   *     lost; empty when none were
   * @param complete false when there is more to read at once: a long catching up comes in pieces
   * @param events in the order of the log
   * @param damaged how many records were passed over because their bytes break the format
   * @param failure why the log could not be read to its end; what was read until then counts
   */
  public record LogRead(
      String log,
      Optional<EventCursor> cursor,
      Optional<Interruption> interruption,
      boolean complete,
      List<LoggedEvent> events,
      long damaged,
      Optional<String> failure) {
    public LogRead {
      events = List.copyOf(events);
    }

    /** A log that was read without trouble. */
    public LogRead(
        String log,
        Optional<EventCursor> cursor,
        Optional<Interruption> interruption,
        boolean complete,
        List<LoggedEvent> events) {
      this(log, cursor, interruption, complete, events, 0, Optional.empty());
    }
  }

  /** Why records were lost. */
  public enum Interruption {
    /** The log was cleared. */
    CLEARED,
    /**
     * The oldest record is newer than the cursor: the log was too small for what came. Windows
     * since Vista numbers on when a log is cleared, which then looks the same.
     */
    WRAPPED
  }
}
