package dev.imfexporter.reading.event;

import dev.imfexporter.access.format.EventRecord;
import dev.imfexporter.reading.Meaning;
import java.util.Optional;

/**
 * USER32 1074: process, computer, reason, its code, action, comment, and since Vista the account's
 * name.
 */
final class ShutdownEvents implements Interpreter {
  private static final int SHUTDOWN_REQUESTED = 1074;

  @Override
  public boolean knows(int id) {
    return id == SHUTDOWN_REQUESTED;
  }

  @Override
  public Optional<Meaning> meaning(EventRecord event) {
    Optional<String> account = Optional.of(event.string(7)).filter(name -> !name.isBlank());
    return Optional.of(
        new Meaning.ShutdownRequested(
            event.string(1), event.string(3), event.user().or(() -> account)));
  }
}
