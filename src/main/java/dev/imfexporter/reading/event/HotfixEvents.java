package dev.imfexporter.reading.event;

import dev.imfexporter.access.format.EventRecord;
import dev.imfexporter.reading.Meaning;
import dev.imfexporter.reading.Meaning.Step;
import java.util.Optional;

/** NtServicePack 4377, by update.exe of Server 2003: the strings are a product and its hotfix. */
final class HotfixEvents implements Interpreter {
  private static final int HOTFIX_INSTALLED = 4377;

  private final RoutineUpdates routine;

  HotfixEvents(RoutineUpdates routine) {
    this.routine = routine;
  }

  @Override
  public boolean knows(int id) {
    return id == HOTFIX_INSTALLED;
  }

  @Override
  public Optional<Meaning> meaning(EventRecord event) {
    return Update.joined(event).map(update -> update.step(Step.INSTALLED, routine));
  }
}
