package dev.imfexporter.life;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.watch.model.MarkerType;
import java.util.ArrayList;
import java.util.List;

/**
 * A year of a relay that is looked after as it should be, and another in which it is halted once a
 * month. Each is the same for the same seed.
 */
public final class PatchYear {
  static final int MONTHS = 12;
  static final String AFTER_UPDATE = "ImfMailFlowHaltedAfterUpdate";
  static final String HALTED = "ImfMailFlowHalted";

  private static final int HALT = 300;
  private static final int HALT_AFTER_BOOT = 600;

  private final Dice dice;
  private final List<Night> healthy = new ArrayList<>();
  private final List<Night> halted = new ArrayList<>();

  private PatchYear(long seed) {
    dice = new Dice(seed);
    for (int month = 1; month <= MONTHS; month++) {
      healthy.addAll(healthyMonth(month));
    }
    for (int month = 1; month <= MONTHS; month++) {
      halted.add(haltedNight(month));
    }
  }

  public static PatchYear of(long seed) {
    return new PatchYear(seed);
  }

  /** The nights in which no person must be called. */
  List<Night> healthy() {
    return healthy;
  }

  /** The nights in which a person must be called. */
  List<Night> halted() {
    return halted;
  }

  private List<Night> healthyMonth(int month) {
    List<Night> nights = new ArrayList<>();
    boolean probed = month % 2 == 0;
    nights.add(patched(month, probed));
    for (int half = 1; half <= 2; half++) {
      nights.add(definition(month + "-definition-" + half, probed));
    }
    int weeks = month % 3 == 0 ? 5 : 4;
    for (int week = 1; week <= weeks; week++) {
      Night night = new Night(month + "-iisreset-" + week, Night.HEALTHY_MINUTES, probed);
      night.restart(moment(), between(8, 40));
      nights.add(night);
    }
    Night slow = new Night(month + "-three-minutes", Night.HEALTHY_MINUTES, probed);
    slow.restart(moment(), between(150, 200));
    nights.add(slow);
    return nights;
  }

  private Night definition(String name, boolean probed) {
    Night night = new Night(name, Night.HEALTHY_MINUTES, probed);
    int at = moment();
    definitionMarkers(night, at);
    night.restart(at, between(5, 50));
    return night;
  }

  /**
   * The services are stopped and started, then the host is. From the shutdown until SMTP runs it
   * takes two to six minutes, the half of it and more after the boot.
   */
  private Night patched(int month, boolean probed) {
    Night night = new Night(month + "-updates-and-reboot", Night.HEALTHY_MINUTES, probed);
    int at = moment();
    // Every third goes beyond the five minutes of a halt that does not follow a boot.
    int total = month % 3 == 0 ? between(330, 360) : between(120, 300);
    int up = patchAndReboot(night, at, Math.min(150, total / 2));
    int running = at + total;
    int ready = up + (running - up) / 2;
    night.start(up + 15, LifeService.IISADMIN, ready - up - 15);
    night.start(ready, LifeService.SMTPSVC, running - ready);
    night.marker(up + 60, MarkerType.INSTALLED, UpdateKind.WINDOWS);
    return night;
  }

  private Night haltedNight(int month) {
    boolean probed = month % 2 == 0;
    String name = month + "-halted-";
    return switch (month % 4) {
      case 1 ->
          haltedAfterUpdate(new Night(name + "after-update", Night.HALTED_MINUTES, month % 8 == 1));
      case 2 ->
          haltedAfterReboot(new Night(name + "after-reboot", Night.HALTED_MINUTES, month % 8 == 2));
      case 3 -> hangs(new Night(name + "start-hangs", Night.HALTED_MINUTES, month % 8 == 3));
      default -> stoppedAlone(new Night(name + "smtp-alone", Night.HALTED_MINUTES, !probed));
    };
  }

  private Night haltedAfterUpdate(Night night) {
    int at = moment();
    definitionMarkers(night, at);
    night.stop(at, LifeService.SMTPSVC);
    night.stop(at, LifeService.IISADMIN);
    night.enters(at + 20, LifeService.IISADMIN, ServiceState.START_PENDING);
    night.enters(at + 50, LifeService.IISADMIN, ServiceState.STOPPED);
    int back = at + between(1800, 3000);
    night.start(back, LifeService.IISADMIN, 5);
    night.start(back + 6, LifeService.SMTPSVC, 5);
    night.haltIsDue(at + HALT, HALTED, AFTER_UPDATE);
    return night;
  }

  private Night haltedAfterReboot(Night night) {
    int at = moment();
    int up = patchAndReboot(night, at, between(60, 150));
    night.start(up + 15, LifeService.IISADMIN, 10);
    night.enters(up + 30, LifeService.SMTPSVC, ServiceState.START_PENDING);
    night.enters(up + 60, LifeService.SMTPSVC, ServiceState.STOPPED);
    night.start(up + between(2400, 3300), LifeService.SMTPSVC, 5);
    night.haltIsDue(up + HALT_AFTER_BOOT, HALTED, AFTER_UPDATE);
    return night;
  }

  private Night hangs(Night night) {
    int at = moment();
    definitionMarkers(night, at);
    night.stop(at, LifeService.SMTPSVC);
    night.stop(at, LifeService.IISADMIN);
    night.start(at + 6, LifeService.IISADMIN, 5);
    night.enters(at + 12, LifeService.SMTPSVC, ServiceState.START_PENDING);
    int ended = at + between(1800, 3000);
    night.enters(ended, LifeService.SMTPSVC, ServiceState.STOPPED);
    night.start(ended + 20, LifeService.SMTPSVC, 5);
    night.haltIsDue(at + HALT, HALTED, AFTER_UPDATE);
    return night;
  }

  private Night stoppedAlone(Night night) {
    int at = moment();
    night.stop(at, LifeService.SMTPSVC);
    night.start(at + between(1200, 2400), LifeService.SMTPSVC, 5);
    night.haltIsDue(at + HALT, HALTED);
    return night;
  }

  /** Returns when the host is up. */
  private int patchAndReboot(Night night, int at, int away) {
    night.marker(at - 600, MarkerType.BEGUN, UpdateKind.WINDOWS);
    night.restart(at - 400, between(20, 45));
    night.marker(at - 240, MarkerType.INSTALLED, UpdateKind.WINDOWS);
    night.stop(at, LifeService.SMTPSVC);
    night.stop(at, LifeService.IISADMIN);
    int down = at + 10;
    int up = down + Math.max(30, away - 10);
    night.reboots(at - 230, down, up);
    return up;
  }

  private static void definitionMarkers(Night night, int at) {
    night.marker(at - 20, MarkerType.FOLDER, UpdateKind.DEFINITION);
    night.marker(at + 20, MarkerType.REGISTRY, UpdateKind.DEFINITION);
    night.marker(at + 60, MarkerType.INSTALLED, UpdateKind.DEFINITION);
  }

  /** Between minutes 20 and 30. */
  private int moment() {
    return between(1200, 1800);
  }

  private int between(int low, int high) {
    return low + dice.upTo(high - low + 1);
  }
}
