package dev.imfexporter.watch.fact;

import dev.imfexporter.collector.EventCursor;
import dev.imfexporter.collector.LoggedEvent.Level;
import dev.imfexporter.watch.model.BindFailureCount;
import dev.imfexporter.watch.model.ClueSeen;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the event logs brought apart from outages and updates. */
public sealed interface EventFact extends Fact {

  /**
   * A log was read further. Cursor and counts are one fact, so that nothing counts twice or never,
   * wherever the program ends.
   *
   * @param cursor empty for a log without a record
   * @param gap when it was found that records before these were lost; empty when none were
   * @param gaps how often that was so
   * @param bindFailures of virtual servers
   * @param unrecognised events that name a state or a control in words that are not known
   * @param clues the newest of each kind
   */
  record LogRead(
      String log,
      Optional<EventCursor> cursor,
      Optional<Instant> gap,
      long gaps,
      List<EventCount> counts,
      List<FailureCount> failures,
      List<BindFailureCount> bindFailures,
      long unrecognised,
      List<ClueSeen> clues)
      implements EventFact {
    public LogRead {
      counts = List.copyOf(counts);
      failures = List.copyOf(failures);
      bindFailures = List.copyOf(bindFailures);
      clues = List.copyOf(clues);
    }
  }

  /** How many events of a kind came. */
  record EventCount(String provider, int id, Level level, long count) {}

  /** How many failures of a kind a service had. */
  record FailureCount(String service, int id, long count) {}
}
