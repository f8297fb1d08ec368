package dev.imfexporter.reading.event;

import dev.imfexporter.access.format.EventRecord;
import dev.imfexporter.reading.Meaning;
import java.util.Optional;

/** The event log service's own events, which frame the life of a host. */
final class EventLogEvents implements Interpreter {
  @Override
  public boolean knows(int id) {
    return id == 6005 || id == 6006 || id == 6008 || id == 6009;
  }

  @Override
  public Optional<Meaning> meaning(EventRecord event) {
    return Optional.of(
        switch (event.id()) {
          case 6006 -> new Meaning.ShutDown(true);
          case 6008 -> new Meaning.ShutDown(false);
          default -> new Meaning.Booted();
        });
  }
}
