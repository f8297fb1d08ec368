package dev.imfexporter.collector.event;

import dev.imfexporter.access.format.EventRecord;
import dev.imfexporter.collector.Meaning;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Starts and shutdowns of the host, and changes of its clock. */
final class HostEvents {
  /** The size of a SYSTEMTIME. */
  private static final int SYSTEMTIME = 16;

  /** Up to 30 years: more is no correction of a clock. */
  private static final Pattern SECONDS = Pattern.compile("-?\\d{1,9}");

  private HostEvents() {}

  static EventDecoder booted() {
    return event -> Optional.of(new Meaning.Booted());
  }

  static EventDecoder shutDown() {
    return event -> Optional.of(new Meaning.ShutDown(true));
  }

  /**
   * 6008. Its data begins with two SYSTEMTIMEs: when the host was last up, in local time and in
   * UTC. Windows keeps that time in the registry and renews it every minute or so.
   */
  static Optional<Meaning> diedUnexpectedly(EventRecord event) {
    return Optional.of(new Meaning.ShutDown(false, event.data().systemTime(SYSTEMTIME)));
  }

  /** Kernel-General 1: the strings are the new time and the old time. */
  static Optional<Meaning> clockSet(EventRecord event) {
    try {
      return Optional.of(new Meaning.ClockSet(time(event.string(2)), time(event.string(1))));
    } catch (DateTimeParseException e) {
      return Optional.of(new Meaning.Counted());
    }
  }

  /** W32Time 52: the string is by how many seconds the clock was set forward. */
  static Optional<Meaning> clockSetBy(EventRecord event) {
    Matcher seconds = SECONDS.matcher(event.string(1).strip());
    if (!seconds.matches()) {
      return Optional.of(new Meaning.Counted());
    }
    Instant to = event.written();
    return Optional.of(new Meaning.ClockSet(to.minusSeconds(Long.parseLong(seconds.group())), to));
  }

  /** Windows puts marks of the writing direction (U+200E, U+200F) between the parts of a time. */
  private static Instant time(String text) {
    return Instant.parse(text.replaceAll("[\\u200E\\u200F]", "").strip());
  }
}
