package dev.imfexporter.life;

import dev.imfexporter.collector.Meaning.Step;
import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.life.TrueTransition.Cause;
import dev.imfexporter.life.TrueUpdate.Ending;
import dev.imfexporter.life.TrueUpdate.TrueSign;
import dev.imfexporter.watch.model.MarkerType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Updates and what they do to the services; each method returns when it is over. */
final class UpdateIncidents {
  private static final String DEFINITION_KB = "KB907747";
  private static final int FIRST_BUILD = 7936;
  private static final int BUILD_STEP = 12;

  private final Script script;
  private final Dice dice;
  private int installations;
  private int definitions;
  private int build = FIRST_BUILD;

  /**
   * When the signs of a definition come, in seconds from the restart; empty for one that never
   * does.
   */
  enum Order {
    USUAL(OptionalInt.of(-20), OptionalInt.of(55), OptionalInt.of(80)),
    ALL_BEFORE(OptionalInt.of(-90), OptionalInt.of(-60), OptionalInt.of(-30)),
    NO_EVENT(OptionalInt.of(3), OptionalInt.of(70), OptionalInt.empty()),
    REGISTRY_ALONE_AND_LATE(OptionalInt.empty(), OptionalInt.of(420), OptionalInt.empty()),
    EVENT_ALONE_AND_LATE(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(360)),
    FAR_APART(OptionalInt.of(-480), OptionalInt.of(900), OptionalInt.of(1080)),
    RESTART_PUT_OFF(OptionalInt.of(-1300), OptionalInt.of(-1240), OptionalInt.of(-1200));

    private final OptionalInt folder;
    private final OptionalInt registry;
    private final OptionalInt event;

    Order(OptionalInt folder, OptionalInt registry, OptionalInt event) {
      this.folder = folder;
      this.registry = registry;
      this.event = event;
    }
  }

  UpdateIncidents(Script script, Instant begin) {
    this.script = script;
    this.dice = script.dice;
    Instant before = begin.minus(Duration.ofDays(10));
    script.definitions.add(
        new DefinitionState(begin, build, before, build, before.minusSeconds(40)));
  }

  Instant definitionQuick(Instant at, Order order) {
    installDefinition(at, order);
    return script.restart(at, dice.seconds(8, 45), Cause.PROGRAM);
  }

  Instant definitionSlow(Instant at) {
    installDefinition(at, Order.USUAL);
    return script.restart(at, dice.seconds(95, 225), Cause.PROGRAM);
  }

  Instant definitionWithoutRestart(Instant at, Order order) {
    installDefinition(at, order);
    return at;
  }

  /** IIS Admin does not start in time, and stays down until an administrator starts it. */
  Instant definitionHalted(Instant at) {
    installDefinition(at, Order.USUAL);
    Instant stopped = script.stopAll(at, dice.seconds(10, 50), Cause.PROGRAM);
    Instant failed = script.failStart(stopped.plusSeconds(2), LifeService.IISADMIN, Cause.PROGRAM);
    return script.startAll(
        failed.plus(dice.seconds(400, 1500)), dice.seconds(8, 20), Cause.ADMINISTRATOR);
  }

  /** SMTP hangs in START_PENDING until its process is ended and it is started again. */
  Instant definitionHangs(Instant at) {
    installDefinition(at, Order.ALL_BEFORE);
    Instant stopped = script.stopAll(at, dice.seconds(5, 20), Cause.PROGRAM);
    Instant ready =
        script.start(
            stopped.plusSeconds(2), LifeService.IISADMIN, dice.seconds(2, 5), Cause.PROGRAM);
    script.startDependents(
        ready, List.of(LifeService.W3SVC, LifeService.RESVC), dice.seconds(4, 8), Cause.PROGRAM);
    Instant ended =
        script.hang(
            ready.plusMillis(300), LifeService.SMTPSVC, dice.seconds(500, 1500), Cause.PROGRAM);
    return script.start(
        ended.plusSeconds(20), LifeService.SMTPSVC, dice.seconds(2, 6), Cause.ADMINISTRATOR);
  }

  /** SMTP goes down once more, some time after everything had come back. */
  Instant definitionWithSecondCrash(Instant at, Duration later) {
    installDefinition(at, Order.USUAL);
    Instant back = script.restart(at, dice.seconds(8, 40), Cause.PROGRAM);
    Instant crash = back.plus(later);
    script.crash(crash, LifeService.SMTPSVC, java.util.Optional.of(Duration.ofSeconds(10)));
    return script.start(
        crash.plusSeconds(11), LifeService.SMTPSVC, dice.seconds(2, 5), Cause.RECOVERY);
  }

  Instant definitionRolledBack(Instant at) {
    DefinitionState old = newest();
    installDefinition(at, Order.USUAL);
    TrueUpdate update = script.updates.remove(script.updates.size() - 1);
    Instant undone = at.plus(dice.seconds(660, 900));
    script.definitions.add(
        new DefinitionState(undone, old.registered(), undone, old.folder(), old.created()));
    List<TrueSign> signs = new ArrayList<>(update.signs());
    signs.add(new TrueSign(undone, MarkerType.REGISTRY, false));
    script.updates.add(
        new TrueUpdate(
            update.installation(),
            update.kind(),
            update.kb(),
            update.title(),
            signs,
            Ending.ROLLED_BACK));
    script.restart(at, dice.seconds(8, 40), Cause.PROGRAM);
    return undone;
  }

  Instant definitionFails(Instant at) {
    String title = definitionTitle();
    script.log.update(at, Step.FAILED, UpdateKind.DEFINITION, DEFINITION_KB, title);
    script.updates.add(
        new TrueUpdate(
            ++installations,
            UpdateKind.DEFINITION,
            DEFINITION_KB,
            title,
            List.of(new TrueSign(at, MarkerType.FAILED, true)),
            Ending.FAILED));
    return at;
  }

  Instant windowsWithoutRestart(Instant at) {
    Installer installer = new Installer();
    installer.begins(at);
    return installer.installed(at.plus(dice.seconds(60, 300)));
  }

  Instant windowsRestartsServices(Instant at) {
    Installer installer = new Installer();
    installer.begins(at.minusSeconds(60));
    Instant back = script.restart(at, dice.seconds(8, 45), Cause.PROGRAM);
    return installer.installed(back.plusSeconds(20));
  }

  Instant windowsFails(Instant at) {
    Installer installer = new Installer();
    installer.begins(at);
    return installer.failed(at.plus(dice.seconds(60, 240)), Ending.FAILED);
  }

  /** Windows takes it back while it boots. */
  Instant windowsRolledBack(Instant at) {
    Installer installer = new Installer();
    installer.begins(at.minusSeconds(480));
    Instant up = rebootToComplete(at);
    Instant back = script.startAll(up.plus(dice.seconds(12, 18)), dice.seconds(8, 20), Cause.BOOT);
    installer.failed(up.plusSeconds(60), Ending.ROLLED_BACK);
    return back;
  }

  /** Several updates and one reboot, after which the services come back within the given time. */
  Instant batch(Instant at, int count, Duration fromBoot) {
    installBatch(at, count);
    Instant up = rebootToComplete(at);
    Duration rest = fromBoot.minusSeconds(12);
    return script.startAll(up.plusSeconds(12), rest, Cause.BOOT);
  }

  /** As a batch, but SMTP does not come up. */
  Instant batchHalted(Instant at, int count) {
    installBatch(at, count);
    Instant up = rebootToComplete(at);
    Instant ready =
        script.start(up.plusSeconds(15), LifeService.IISADMIN, dice.seconds(3, 6), Cause.BOOT);
    script.startDependents(
        ready, List.of(LifeService.W3SVC, LifeService.RESVC), dice.seconds(4, 8), Cause.BOOT);
    script.failStart(ready.plusMillis(100), LifeService.SMTPSVC, Cause.BOOT);
    return script.start(
        up.plus(dice.seconds(800, 1500)),
        LifeService.SMTPSVC,
        dice.seconds(2, 6),
        Cause.ADMINISTRATOR);
  }

  /** Each on its own number, told by the event log alone. */
  private final class Installer {
    private final int installation = ++installations;
    private final String kb = "KB" + (5_030_000 + installation);
    private final String title = "2026-03 Cumulative Update for Windows Server (" + kb + ")";
    private final List<TrueSign> signs = new ArrayList<>();

    /** Only the newer Windows says so. */
    void begins(Instant at) {
      if (script.log.shape() == LogShape.VISTA) {
        tell(at, Step.BEGUN, MarkerType.BEGUN);
      }
    }

    Instant installed(Instant at) {
      tell(at, Step.INSTALLED, MarkerType.INSTALLED);
      ends(Ending.INSTALLED);
      return at;
    }

    Instant failed(Instant at, Ending ending) {
      tell(at, Step.FAILED, MarkerType.FAILED);
      ends(ending);
      return at;
    }

    private void tell(Instant at, Step step, MarkerType marker) {
      script.log.update(at, step, UpdateKind.WINDOWS, kb, title);
      signs.add(new TrueSign(at, marker, true));
    }

    private void ends(Ending ending) {
      script.updates.add(
          new TrueUpdate(installation, UpdateKind.WINDOWS, kb, title, signs, ending));
    }
  }

  private void installBatch(Instant reboot, int count) {
    int installation = ++installations;
    boolean tellsBegin = script.log.shape() == LogShape.VISTA;
    for (int i = 0; i < count; i++) {
      String kb = "KB" + (5_040_000 + 10 * installation + i);
      String title = "2026-03 Security Update for Windows Server (" + kb + ")";
      Instant done = reboot.minusSeconds(60 + 50L * i);
      List<TrueSign> signs = new ArrayList<>();
      if (tellsBegin) {
        Instant begun = reboot.minusSeconds(500 - 30L * i);
        script.log.update(begun, Step.BEGUN, UpdateKind.WINDOWS, kb, title);
        signs.add(new TrueSign(begun, MarkerType.BEGUN, true));
      }
      script.log.update(done, Step.INSTALLED, UpdateKind.WINDOWS, kb, title);
      signs.add(new TrueSign(done, MarkerType.INSTALLED, true));
      script.updates.add(
          new TrueUpdate(installation, UpdateKind.WINDOWS, kb, title, signs, Ending.INSTALLED));
    }
    script.log.rebootNeeded(reboot.minusSeconds(40));
  }

  private Instant rebootToComplete(Instant at) {
    Instant up = script.reboot(at, dice.seconds(60, 200), "C:\\Windows\\system32\\svchost.exe");
    script.pending.add(new RebootPending(at.minusSeconds(40), up));
    return up;
  }

  private void installDefinition(Instant at, Order order) {
    DefinitionState state = newest();
    build += BUILD_STEP;
    String title = definitionTitle();
    List<TrueSign> signs = new ArrayList<>();
    if (order.folder.isPresent()) {
      Instant created = at.plusSeconds(order.folder.getAsInt());
      signs.add(new TrueSign(created, MarkerType.FOLDER, false));
      state = new DefinitionState(created, state.registered(), state.written(), build, created);
      script.definitions.add(state);
    }
    if (order.registry.isPresent()) {
      Instant written = at.plusSeconds(order.registry.getAsInt());
      signs.add(new TrueSign(written, MarkerType.REGISTRY, false));
      script.definitions.add(
          new DefinitionState(written, build, written, state.folder(), state.created()));
    }
    if (order.event.isPresent()) {
      Instant logged = at.plusSeconds(order.event.getAsInt());
      script.log.update(logged, Step.INSTALLED, UpdateKind.DEFINITION, DEFINITION_KB, title);
      signs.add(new TrueSign(logged, MarkerType.INSTALLED, true));
    }
    script.updates.add(
        new TrueUpdate(
            ++installations, UpdateKind.DEFINITION, DEFINITION_KB, title, signs, Ending.INSTALLED));
  }

  private DefinitionState newest() {
    return script.definitions.get(script.definitions.size() - 1);
  }

  private String definitionTitle() {
    return "Update for Intelligent Message Filter for Exchange Server 2003: release "
        + ++definitions
        + " ("
        + DEFINITION_KB
        + ")";
  }
}
