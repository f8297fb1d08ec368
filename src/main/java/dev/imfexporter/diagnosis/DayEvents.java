package dev.imfexporter.diagnosis;

import dev.imfexporter.collector.LoggedEvent;
import java.util.List;

/** The events of a host's last 24 hours, as far as a diagnosis has them. */
public sealed interface DayEvents {

  /** None if they were not read. */
  default List<LoggedEvent> events() {
    return List.of();
  }

  /**
   * They were read.
   *
   * @param events in any order
   * @param leftOut how many others the day has, which {@link NewestEvents} dropped
   */
  record Read(List<LoggedEvent> events, long leftOut) implements DayEvents {
    public Read {
      events = List.copyOf(events);
    }

    /** All of a day. */
    public Read(List<LoggedEvent> events) {
      this(events, 0);
    }
  }

  /** They were asked for, and could not be read. */
  record Unreadable() implements DayEvents {}

  /** They were not asked for: a diagnosis does not speak of them. */
  record NotAsked() implements DayEvents {}
}
