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
   * @param cursor how far it has been read now; empty for a log without a record
   * @param interruption why records between the former cursor and the first of {@code events} were
   *     lost; empty when none were
   * @param complete false when there is more to read at once: a long catching up comes in pieces
   * @param events in the order of the log
   */
  public record LogRead(
      String log,
      Optional<EventCursor> cursor,
      Optional<Interruption> interruption,
      boolean complete,
      List<LoggedEvent> events) {
    public LogRead {
      events = List.copyOf(events);
    }
  }

  /** Why records were lost. */
  public enum Interruption {
    /** The log was cleared. */
    CLEARED,
    /** The oldest record is newer than the cursor: the log was too small for what came. */
    WRAPPED
  }
}
