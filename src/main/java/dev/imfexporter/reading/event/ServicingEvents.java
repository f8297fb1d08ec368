package dev.imfexporter.reading.event;

import dev.imfexporter.access.format.EventRecord;
import dev.imfexporter.reading.Meaning;
import dev.imfexporter.reading.Meaning.Step;
import java.util.List;
import java.util.Optional;

/**
 * What component-based servicing writes into the log System of Vista and Server 2008 (<a
 * href="https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2008-R2-and-2008/cc756243(v=ws.10)">
 * packages</a>, <a
 * href="https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2008-R2-and-2008/cc756300(v=ws.10)">
 * updates of packages</a>). The last string is the state that the package shall have, in English;
 * what is removed is no update.
 */
final class ServicingEvents implements Interpreter {
  private static final String INSTALLED = "Installed";
  private static final String INSTALL_REQUESTED = "Install Requested";

  private final RoutineUpdates routine;

  ServicingEvents(RoutineUpdates routine) {
    this.routine = routine;
  }

  @Override
  public boolean knows(int id) {
    return step(id).isPresent();
  }

  @Override
  public Optional<Meaning> meaning(EventRecord event) {
    Step step = step(event.id()).orElseThrow();
    List<String> strings = event.strings();
    String state = event.string(strings.size());
    boolean reached =
        state.equals(INSTALLED) || (step != Step.INSTALLED && state.equals(INSTALL_REQUESTED));
    return reached ? update(event).map(update -> update.step(step, routine)) : Optional.empty();
  }

  /** Updates of packages name the package second. */
  private static Optional<Update> update(EventRecord event) {
    boolean ofPackage = event.id() >= 4383;
    return Update.named(List.of(event.string(ofPackage ? 2 : 1)));
  }

  private static Optional<Step> step(int id) {
    return switch (id) {
      case 4371 -> Optional.of(Step.BEGUN);
      case 4373, 4383 -> Optional.of(Step.INSTALLED);
      case 4375, 4385 -> Optional.of(Step.FAILED);
      case 4376, 4386 -> Optional.of(Step.REBOOT_NEEDED);
      default -> Optional.empty();
    };
  }
}
