package dev.imfexporter.watch;

import dev.imfexporter.reading.EventCursor;
import java.util.List;
import java.util.Optional;

/** What the event logs brought apart from outages and updates. */
public sealed interface EventFact extends Fact {

  /**
   * A log was read further. Cursor and counts are one fact, so that nothing counts twice or never,
   * wherever the program ends.
   *
   * @param cursor empty for a log without a record
   * @param gap whether records before these were lost
   * @param unrecognised events that name a state or a control in words that are not known
   */
  record LogRead(
      String log,
      Optional<EventCursor> cursor,
      boolean gap,
      List<EventCount> counts,
      List<FailureCount> failures,
      long unrecognised)
      implements EventFact {
    public LogRead {
      counts = List.copyOf(counts);
      failures = List.copyOf(failures);
    }
  }

  /** How many events of a kind came. */
  record EventCount(String provider, int id, String level, long count) {}

  /** How many failures of a kind a service had. */
  record FailureCount(String service, int id, long count) {}
}
