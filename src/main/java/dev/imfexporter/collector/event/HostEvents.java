package dev.imfexporter.collector.event;

import dev.imfexporter.access.format.EventRecord;
import dev.imfexporter.collector.Meaning;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Starts and shutdowns of the host, and changes of its clock. */
final class HostEvents {
  private HostEvents() {}

  static EventDecoder booted() {
    return event -> Optional.of(new Meaning.Booted());
  }

  static EventDecoder shutDown(boolean orderly) {
    return event -> Optional.of(new Meaning.ShutDown(orderly));
  }

  /** The strings are the new time and the old time. */
  static Optional<Meaning> clockSet(EventRecord event) {
    try {
      return Optional.of(new Meaning.ClockSet(time(event.string(2)), time(event.string(1))));
    } catch (DateTimeParseException e) {
      return Optional.of(new Meaning.Counted());
    }
  }

  /** Windows puts marks of the writing direction (U+200E, U+200F) between the parts of a time. */
  private static Instant time(String text) {
    return Instant.parse(text.replaceAll("[\\u200E\\u200F]", "").strip());
  }
}
