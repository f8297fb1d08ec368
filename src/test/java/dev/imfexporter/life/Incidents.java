package dev.imfexporter.life;

import dev.imfexporter.life.TrueTransition.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What happens to the services without an update; each method returns when it is over. */
final class Incidents {
  private final Script script;
  private final Dice dice;

  Incidents(Script script) {
    this.script = script;
    this.dice = script.dice;
  }

  Instant iisreset(Instant at) {
    return script.restart(at, dice.seconds(8, 40), Cause.PROGRAM);
  }

  Instant smtpStoppedByHand(Instant at) {
    Instant stopped = script.stop(at, LifeService.SMTPSVC, dice.seconds(1, 5), Cause.ADMINISTRATOR);
    Instant back = stopped.plus(dice.oneIn(2) ? dice.seconds(60, 200) : dice.seconds(400, 1500));
    return script.start(back, LifeService.SMTPSVC, dice.seconds(1, 6), Cause.ADMINISTRATOR);
  }

  /** IIS Admin's recovery program, iisreset, starts all that died. */
  Instant crashWithRecovery(Instant at) {
    Duration delay = Duration.ofMillis(dice.oneIn(2) ? 1 : 60_000);
    inetinfoDies(at, Optional.of(delay));
    Instant again = at.plus(delay).plus(dice.seconds(1, 3));
    Instant ready = script.start(again, LifeService.IISADMIN, dice.seconds(1, 5), Cause.RECOVERY);
    return script.startDependents(
        ready, List.of(LifeService.SMTPSVC, LifeService.RESVC), dice.seconds(4, 8), Cause.RECOVERY);
  }

  Instant crashWithoutRecovery(Instant at) {
    inetinfoDies(at, Optional.empty());
    Instant found = at.plus(dice.seconds(420, 1200));
    Instant ready =
        script.start(found, LifeService.IISADMIN, dice.seconds(1, 5), Cause.ADMINISTRATOR);
    return script.startDependents(
        ready,
        List.of(LifeService.SMTPSVC, LifeService.RESVC),
        dice.seconds(4, 8),
        Cause.ADMINISTRATOR);
  }

  /** An administrator restarts IIS Admin and forgets one of the services that stopped with it. */
  Instant resvcLeftStopped(Instant at) {
    Instant stopped = script.stopAll(at, dice.seconds(5, 12), Cause.PROGRAM);
    Instant ready =
        script.start(
            stopped.plusSeconds(2), LifeService.IISADMIN, dice.seconds(2, 5), Cause.PROGRAM);
    Instant rest =
        script.startDependents(
            ready,
            List.of(LifeService.W3SVC, LifeService.SMTPSVC),
            dice.seconds(4, 8),
            Cause.PROGRAM);
    Instant noticed = rest.plus(dice.seconds(5_000, 13_000));
    return script.start(noticed, LifeService.RESVC, dice.seconds(1, 4), Cause.ADMINISTRATOR);
  }

  /** Three outages within ten minutes. */
  Instant flapping(Instant at) {
    Instant end = at;
    for (int i = 0; i < 3; i++) {
      end = crashWithRecovery(at.plusSeconds(i * 200L));
    }
    return end;
  }

  Instant orderlyReboot(Instant at) {
    Instant up = script.reboot(at, dice.seconds(60, 200), "Explorer.EXE");
    return afterBoot(up);
  }

  Instant powerLoss(Instant at) {
    return afterBoot(script.losePower(at, dice.seconds(100, 900)));
  }

  private Instant afterBoot(Instant up) {
    return script.startAll(up.plus(dice.seconds(12, 20)), dice.seconds(8, 20), Cause.BOOT);
  }

  private void inetinfoDies(Instant at, Optional<Duration> recovery) {
    script.crash(at, LifeService.IISADMIN, recovery);
    script.crash(at.plusMillis(10), LifeService.SMTPSVC, Optional.empty());
    script.crash(at.plusMillis(20), LifeService.RESVC, Optional.empty());
  }
}
