package dev.imfexporter.collector;

import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.collector.Result.Failed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The events since the event logs were last read. */
public record Events(List<LogRead> logs) implements Partial {
  public Events {
    logs = List.copyOf(logs);
  }

  @Override
  public Optional<String> missing() {
    List<String> missing = new ArrayList<>();
    for (LogRead log : logs) {
      String name = "The log " + log.log();
      log.failure().ifPresent(failed -> missing.add(name + " could not be read: " + failed.why()));
      if (log.damaged() == 1) {
        missing.add(name + " has 1 damaged record, which was passed over");
      } else if (log.damaged() > 1) {
        missing.add(name + " has " + log.damaged() + " damaged records, which were passed over");
      }
    }
    return missing.isEmpty() ? Optional.empty() : Optional.of(String.join(". ", missing));
  }

  @Override
  public Optional<ErrorReason> errorReason() {
    return logs.stream().flatMap(log -> log.failure().stream()).map(Failed::error).findFirst();
  }

  /**
   * One log.
   *
   * @param log its name, e.g. {@code System}
   * @param cursor how far it has been read; empty for a log without a record, and during the search
   *     for the record to begin with
   * @param interruption why records between the former cursor and the first of {@code events} were
   *     lost; empty if none were
   * @param complete false if there is more to read at once: many records are read in pieces
   * @param events in the order of the log
   * @param damaged how many records have been passed over since the start of the exporter because
   *     their bytes break the format
   * @param failure why the log could not be read to its end; {@code events} has what was read
   *     before the failure
   */
  public record LogRead(
      String log,
      Optional<EventCursor> cursor,
      Optional<Interruption> interruption,
      boolean complete,
      List<LoggedEvent> events,
      long damaged,
      Optional<Failed<?>> failure) {
    public LogRead {
      events = List.copyOf(events);
    }

    /** A log that was read to its end, or to the end of a piece, and has no damaged record. */
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
     * The oldest record is newer than the cursor: the log is too small for the number of events.
     * Since Vista, numbers go on when a log is cleared, which then looks the same.
     */
    WRAPPED
  }
}
