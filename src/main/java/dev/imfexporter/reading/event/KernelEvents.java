package dev.imfexporter.reading.event;

import dev.imfexporter.access.format.EventRecord;
import dev.imfexporter.reading.Meaning;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Kernel-General, since Vista: start, shutdown, and the clock (new time, old time). */
final class KernelEvents implements Interpreter {
  private static final int CLOCK_SET = 1;
  private static final int STARTED = 12;
  private static final int SHUTTING_DOWN = 13;

  @Override
  public boolean knows(int id) {
    return id == CLOCK_SET || id == STARTED || id == SHUTTING_DOWN;
  }

  @Override
  public Optional<Meaning> meaning(EventRecord event) {
    return Optional.of(
        switch (event.id()) {
          case STARTED -> new Meaning.Booted();
          case SHUTTING_DOWN -> new Meaning.ShutDown(true);
          default -> clockSet(event);
        });
  }

  private static Meaning clockSet(EventRecord event) {
    try {
      return new Meaning.ClockSet(time(event.string(2)), time(event.string(1)));
    } catch (DateTimeParseException e) {
      return new Meaning.Counted();
    }
  }

  /** Windows puts marks of the writing direction (U+200E) between the parts of a time. */
  private static Instant time(String text) {
    return Instant.parse(text.replaceAll("[\\u200E\\u200F]", "").strip());
  }
}
