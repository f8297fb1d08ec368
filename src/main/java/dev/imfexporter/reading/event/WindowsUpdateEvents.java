package dev.imfexporter.reading.event;

import dev.imfexporter.access.format.EventRecord;
import dev.imfexporter.reading.Meaning;
import dev.imfexporter.reading.Meaning.Step;
import java.util.Optional;

/**
 * Windows Update's events, of the agent of Server 2003 and of WindowsUpdateClient since Vista. 17
 * and 18 tell of updates that wait to be installed, 44 of a download: none of them begins anything.
 */
final class WindowsUpdateEvents implements Interpreter {
  private final RoutineUpdates routine;

  WindowsUpdateEvents(RoutineUpdates routine) {
    this.routine = routine;
  }

  @Override
  public boolean knows(int id) {
    return step(id).isPresent();
  }

  @Override
  public Optional<Meaning> meaning(EventRecord event) {
    return step(event.id())
        .flatMap(step -> Update.named(event.strings()).map(update -> update.step(step, routine)));
  }

  private static Optional<Step> step(int id) {
    return switch (id) {
      case 19 -> Optional.of(Step.INSTALLED);
      case 20 -> Optional.of(Step.FAILED);
      case 21, 22 -> Optional.of(Step.REBOOT_NEEDED);
      case 43 -> Optional.of(Step.BEGUN);
      default -> Optional.empty();
    };
  }
}
