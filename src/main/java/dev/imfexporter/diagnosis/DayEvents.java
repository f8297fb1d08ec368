package dev.imfexporter.diagnosis;

import dev.imfexporter.collector.LoggedEvent;
import java.util.List;
import java.util.Optional;

/** The events of a host's last 24 hours, as far as a diagnosis has them. */
public sealed interface DayEvents {

  /** In any order; none if they were not read. */
  default List<LoggedEvent> events() {
    return List.of();
  }

  /** They were read. */
  record Read(List<LoggedEvent> events) implements DayEvents {
    public Read {
      events = List.copyOf(events);
    }
  }

  /** They were asked for, and could not be read. */
  record Unreadable() implements DayEvents {}

  /** They were not asked for: a diagnosis does not speak of them. */
  record NotAsked() implements DayEvents {}

  /** What was read on request; empty if that failed. */
  static DayEvents of(Optional<List<LoggedEvent>> read) {
    return read.<DayEvents>map(Read::new).orElseGet(Unreadable::new);
  }
}
