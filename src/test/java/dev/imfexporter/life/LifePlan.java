package dev.imfexporter.life;

import dev.imfexporter.life.UpdateIncidents.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Puts incidents into the month: one in each half day, or two that must not be taken for one. At
 * least two hours lie between the incidents of two half days.
 */
final class LifePlan {
  static final int SLOTS = 60;
  static final Duration SLOT = Duration.ofHours(12);

  /** From here to its end nothing happens to the services. */
  static final Duration CALM = Duration.ofMinutes(630);

  private final Instant begin;
  private final Script script;
  private final Dice dice;
  private final Incidents incidents;
  private final UpdateIncidents updates;
  private final List<Planned> planned = new ArrayList<>();
  private final List<Absence> absences = new ArrayList<>();
  private final List<Instant> starts = new ArrayList<>();

  /** What an incident is to the exporter. */
  private enum Watch {
    WATCHED,
    MISSED,
    STOPS_WITHIN,
    STARTS_WITHIN,
    KILLED_WITHIN
  }

  private record Planned(UnaryOperator<Instant> run, boolean always) {}

  LifePlan(Instant begin, Script script) {
    this.begin = begin;
    this.script = script;
    this.dice = script.dice;
    this.incidents = new Incidents(script);
    this.updates = new UpdateIncidents(script, begin);
  }

  List<Absence> absences() {
    return absences;
  }

  /** The true time of each slot's incident. */
  List<Instant> starts() {
    return starts;
  }

  void play() {
    definitions();
    windows();
    others();
    pairs();
    dice.shuffle(planned);
    for (int i = 0; i < SLOTS; i++) {
      Instant slot = slot(begin, i);
      Instant at = slot.plusSeconds(1800).plus(dice.seconds(0, 18_000));
      starts.add(at);
      int before = script.transitions.size();
      Instant end = planned.get(i).run().apply(at);
      boolean quiet = script.transitions.size() == before;
      watch(planned.get(i).always() ? Watch.WATCHED : watch(i, quiet), at, end);
      if (i % 6 == 3) {
        calmAbsence(slot.plus(CALM), i);
      }
    }
  }

  static Instant slot(Instant begin, int i) {
    return begin.plus(SLOT.multipliedBy(i));
  }

  private void definitions() {
    for (Order order :
        List.of(
            Order.USUAL, Order.FAR_APART, Order.RESTART_PUT_OFF, Order.REGISTRY_ALONE_AND_LATE)) {
      add(1, at -> updates.definitionQuick(at, order));
    }
    add(3, updates::definitionSlow);
    add(2, updates::definitionHalted);
    add(1, updates::definitionHangs);
    for (Order order :
        List.of(Order.USUAL, Order.ALL_BEFORE, Order.FAR_APART, Order.EVENT_ALONE_AND_LATE)) {
      add(1, at -> updates.definitionWithoutRestart(at, order));
    }
    add(1, updates::definitionFails);
    add(1, at -> updates.definitionWithSecondCrash(at, dice.seconds(50, 100)));
    // Whether all was well in between, only one who watched knows.
    planned.add(
        new Planned(at -> updates.definitionWithSecondCrash(at, dice.seconds(300, 900)), true));
    // To one who comes later it looks as if only the registry had been touched.
    planned.add(new Planned(updates::definitionRolledBack, true));
  }

  private void windows() {
    add(2, at -> updates.batch(at, 3, dice.seconds(25, 45)));
    add(1, at -> updates.batch(at, 3, dice.seconds(100, 480)));
    add(1, at -> updates.batchHalted(at, 2));
    add(2, updates::windowsRestartsServices);
    add(3, updates::windowsWithoutRestart);
    add(2, updates::windowsFails);
    add(2, updates::windowsRolledBack);
  }

  private void others() {
    add(7, incidents::iisreset);
    add(3, incidents::smtpStoppedByHand);
    add(4, incidents::crashWithRecovery);
    add(3, incidents::crashWithoutRecovery);
    add(3, incidents::resvcLeftStopped);
    add(2, incidents::flapping);
    add(3, incidents::orderlyReboot);
    add(2, incidents::powerLoss);
  }

  private void pairs() {
    add(
        1,
        at -> {
          updates.definitionQuick(at, Order.NO_EVENT);
          return updates.windowsRestartsServices(at.plusSeconds(75 * 60));
        });
    add(
        1,
        at -> {
          updates.windowsRestartsServices(at);
          return incidents.smtpStoppedByHand(at.plusSeconds(45 * 60));
        });
  }

  private void add(int times, UnaryOperator<Instant> run) {
    for (int i = 0; i < times; i++) {
      planned.add(new Planned(run, false));
    }
  }

  private Watch watch(int slot, boolean quiet) {
    Watch watch =
        switch (slot % 10) {
          case 1, 6 -> Watch.MISSED;
          case 2 -> Watch.STOPS_WITHIN;
          case 4 -> Watch.STARTS_WITHIN;
          case 8 -> Watch.KILLED_WITHIN;
          default -> Watch.WATCHED;
        };
    return quiet && watch != Watch.WATCHED ? Watch.MISSED : watch;
  }

  private void watch(Watch watch, Instant at, Instant end) {
    Duration length = Duration.between(at, end);
    Duration part =
        Duration.ofMillis(Math.round(length.toMillis() * (0.2 + dice.upTo(60) / 100.0)));
    Instant within = at.plus(part);
    Instant early = at.minus(dice.seconds(300, 1500));
    Instant late = end.plus(dice.seconds(600, 3600));
    switch (watch) {
      case WATCHED -> {}
      case MISSED -> absences.add(new Absence(early, late, false));
      case STOPS_WITHIN -> absences.add(new Absence(within, late, dice.oneIn(2)));
      case STARTS_WITHIN -> absences.add(new Absence(early, within, false));
      case KILLED_WITHIN ->
          absences.add(new Absence(within, within.plus(dice.seconds(3, 20)), true));
    }
  }

  private void calmAbsence(Instant at, int slot) {
    boolean jump = slot == Clock.JUMP_UNSEEN_SLOT;
    Duration length =
        jump
            ? Duration.ofMinutes(80)
            : slot % 12 == 3 ? dice.seconds(4, 60) : dice.seconds(300, 4000);
    absences.add(new Absence(at, at.plus(length), slot % 12 == 3));
  }
}
