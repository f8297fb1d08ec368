package dev.imfexporter.life;

import static dev.imfexporter.access.ServiceState.RUNNING;
import static dev.imfexporter.access.ServiceState.START_PENDING;
import static dev.imfexporter.access.ServiceState.STOPPED;
import static dev.imfexporter.access.ServiceState.STOP_PENDING;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.collector.Meaning.Control;
import dev.imfexporter.life.TrueTransition.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What happens, written down step by step; each step also leaves its records in the log. */
final class Script {
  /** ERROR_PROCESS_ABORTED. */
  private static final long ABORTED = 1067;

  /** ERROR_SERVICE_REQUEST_TIMEOUT. */
  private static final long TIMED_OUT = 1053;

  final Dice dice;
  final LogBook log;
  final List<TrueTransition> transitions = new ArrayList<>();
  final List<TrueUpdate> updates = new ArrayList<>();
  final List<Reboot> reboots = new ArrayList<>();
  final List<RebootPending> pending = new ArrayList<>();
  final List<DefinitionState> definitions = new ArrayList<>();

  Script(Dice dice, LogBook log) {
    this.dice = dice;
    this.log = log;
  }

  /** Stops a service that runs; returns when it is STOPPED. */
  Instant stop(Instant at, LifeService service, Duration takes, Cause cause) {
    log.controlled(at, service, Control.STOP, sid(cause));
    enter(at, service, STOP_PENDING, 0, cause);
    Instant stopped = at.plus(takes);
    enter(stopped, service, STOPPED, 0, cause);
    log.entered(stopped, service, STOPPED);
    return stopped;
  }

  /** Starts a service that is STOPPED; returns when it is RUNNING. */
  Instant start(Instant at, LifeService service, Duration takes, Cause cause) {
    // The SCM's own start at boot sends no control.
    if (cause != Cause.BOOT) {
      log.controlled(at, service, Control.START, sid(cause));
    }
    enter(at, service, START_PENDING, 0, cause);
    Instant running = at.plus(takes);
    enter(running, service, RUNNING, 0, cause);
    log.entered(running, service, RUNNING);
    return running;
  }

  /** Tries to start it in vain; returns when it is STOPPED again. */
  Instant failStart(Instant at, LifeService service, Cause cause) {
    enter(at, service, START_PENDING, 0, cause);
    Instant stopped = at.plusSeconds(30);
    enter(stopped, service, STOPPED, TIMED_OUT, Cause.START_FAILED);
    log.startTimedOut(stopped, service);
    return stopped;
  }

  /** Tries to start it; it hangs until its process is ended. */
  Instant hang(Instant at, LifeService service, Duration until, Cause cause) {
    enter(at, service, START_PENDING, 0, cause);
    log.hungOnStarting(at.plusSeconds(90), service);
    Instant ended = at.plus(until);
    enter(ended, service, STOPPED, ABORTED, Cause.START_FAILED);
    return ended;
  }

  /** A service's process goes away. */
  void crash(Instant at, LifeService service, Optional<Duration> recovery) {
    enter(at, service, STOPPED, ABORTED, Cause.CRASH);
    log.terminated(at, service, recovery);
  }

  /** Stops all; those that depend on IIS Admin first. */
  Instant stopAll(Instant at, Duration takes, Cause cause) {
    Instant last = at;
    for (LifeService service : LifeService.DEPENDENTS) {
      Instant begin = at.plusMillis(dice.upTo(300));
      Instant stopped =
          stop(begin, service, takes.multipliedBy(3 + dice.upTo(4)).dividedBy(10), cause);
      last = stopped.isAfter(last) ? stopped : last;
    }
    Instant asked = last.plusMillis(50);
    return stop(asked, LifeService.IISADMIN, Duration.between(asked, at.plus(takes)), cause);
  }

  /** Starts all; IIS Admin first. */
  Instant startAll(Instant at, Duration takes, Cause cause) {
    Instant ready = start(at, LifeService.IISADMIN, takes.multipliedBy(4).dividedBy(10), cause);
    return startDependents(
        ready, LifeService.DEPENDENTS, takes.multipliedBy(6).dividedBy(10), cause);
  }

  Instant startDependents(Instant at, List<LifeService> services, Duration takes, Cause cause) {
    Instant last = at;
    for (LifeService service : services) {
      Instant begin = at.plusMillis(20 + dice.upTo(200));
      Duration latest = takes.minusMillis(250);
      Instant running =
          start(begin, service, latest.multipliedBy(6 + dice.upTo(5)).dividedBy(10), cause);
      last = running.isAfter(last) ? running : last;
    }
    return last;
  }

  /** Stops and starts all within the given time, which is at least 5 s. */
  Instant restart(Instant at, Duration total, Cause cause) {
    Instant stopped = stopAll(at, total.multipliedBy(3).dividedBy(10), cause);
    Instant start = stopped.plus(total.dividedBy(10));
    return startAll(start, Duration.between(start, at.plus(total)), cause);
  }

  /** Shuts down and is away for some time; returns when the host is up. */
  Instant reboot(Instant at, Duration away, String process) {
    for (LifeService service : LifeService.DEPENDENTS) {
      stopForShutdown(at.plusSeconds(2).plusMillis(dice.upTo(500)), service);
    }
    stopForShutdown(at.plusSeconds(8), LifeService.IISADMIN);
    Instant down = at.plusSeconds(15);
    Instant up = down.plus(away);
    log.shutDown(at, down, process);
    log.booted(up, true);
    reboots.add(new Reboot(down, up, true));
    return up;
  }

  /** The power fails; returns when the host is up again. */
  Instant losePower(Instant at, Duration away) {
    for (LifeService service : LifeService.values()) {
      enter(at, service, STOPPED, 0, Cause.POWER_LOSS);
    }
    Instant up = at.plus(away);
    log.booted(up, false);
    reboots.add(new Reboot(at, up, false));
    return up;
  }

  private void stopForShutdown(Instant at, LifeService service) {
    enter(at, service, STOP_PENDING, 0, Cause.SHUTDOWN);
    Instant stopped = at.plusMillis(1000 + dice.upTo(2500));
    enter(stopped, service, STOPPED, 0, Cause.SHUTDOWN);
    // The log is often gone before the last words of the services reach it.
    if (dice.oneIn(2)) {
      log.entered(stopped, service, STOPPED);
    }
  }

  private void enter(
      Instant at, LifeService service, ServiceState state, long exitCode, Cause cause) {
    transitions.add(new TrueTransition(at, service, state, exitCode, cause));
  }

  private static String sid(Cause cause) {
    return cause == Cause.ADMINISTRATOR ? LogBook.ADMINISTRATOR : LogBook.SYSTEM;
  }
}
