package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns looks at one service into its outages and restarts. Pure: it knows only what it is fed, and
 * must be fed in one order by one thread at a time.
 */
final class OutageLedger {
  /** A {@code dwWin32ExitCode} (System Error Codes 1000-1299). */
  private static final int ERROR_SERVICE_NEVER_STARTED = 1077;

  /** That the service ran, and so is missed when it does not. */
  private enum Evidence {
    NONE,
    RAN_SINCE_BOOT,
    RAN
  }

  private final String service;

  private @Nullable Moment changed;
  private Optional<ServiceStatus> status = Optional.empty();
  private Evidence evidence = Evidence.NONE;
  private @Nullable Outage outage;

  private Optional<Instant> lastStop = Optional.empty();
  private Optional<Instant> lastStart = Optional.empty();
  private Optional<Restart> lastRestart = Optional.empty();
  private long restarts;
  private Duration restartTime = Duration.ZERO;

  OutageLedger(String service) {
    this.service = service;
  }

  /** The newest known status; empty when the service is not installed. */
  Optional<ServiceStatus> status() {
    return status;
  }

  /** Takes a look into account; true if it shows another state than the one before. */
  boolean observe(Observation look) {
    Moment last = changed;
    if (last == null) {
      changed = look.seen();
      status = look.status();
      evidence = look.status().map(OutageLedger::evidence).orElse(Evidence.NONE);
      return true;
    }
    if (look.asked().isBefore(last)) {
      return false;
    }
    ServiceState before = state();
    status = look.status();
    if (state() == before) {
      return false;
    }
    changed = look.seen();
    transition(before, state(), look.seen());
    return true;
  }

  private void transition(@Nullable ServiceState from, @Nullable ServiceState to, Moment at) {
    if (to == null) {
      // Whoever removes a service means it: nothing is left to come back.
      outage = null;
      evidence = Evidence.NONE;
      return;
    }
    if (from == ServiceState.RUNNING) {
      outage = new Outage(at);
    }
    Outage open = outage;
    switch (to) {
      case STOP_PENDING -> {
        if (open != null && open.stopped == null) {
          open.stopPending = true;
        }
      }
      case STOPPED -> {
        lastStop = Optional.of(at.wall());
        if (open != null) {
          // A start that failed is part of the time in which it was down.
          open.startPending = null;
          open.stopped = open.stopped == null ? at : open.stopped;
        }
      }
      case START_PENDING -> {
        if (open != null) {
          open.startPending = at;
        }
      }
      case RUNNING -> {
        lastStart = Optional.of(at.wall());
        evidence = Evidence.RAN;
        outage = null;
        if (open != null) {
          end(open, at);
        }
      }
      case PAUSE_PENDING, PAUSED, CONTINUE_PENDING -> {}
    }
  }

  private void end(Outage ended, Moment at) {
    Restart restart =
        new Restart(ended.began.wall(), at.wall(), at.since(ended.began), ended.phases(at));
    lastRestart = Optional.of(restart);
    restarts++;
    restartTime = restartTime.plus(restart.total());
  }

  /**
   * What is known by now.
   *
   * @param mode empty when not known
   * @param witness what watches the service now
   */
  ServiceHistory history(Optional<StartMode> mode, Witness witness) {
    boolean wanted =
        switch (evidence) {
          case RAN -> !mode.equals(Optional.of(StartMode.DISABLED));
          case RAN_SINCE_BOOT -> mode.map(StartMode::automatic).orElse(false);
          case NONE -> false;
        };
    return new ServiceHistory(
        service,
        status,
        witness,
        Optional.ofNullable(outage).map(open -> open.began.wall()),
        wanted && state() == ServiceState.STOPPED,
        lastStop,
        lastStart,
        lastRestart,
        restarts,
        restartTime);
  }

  /**
   * What the first look proves. A service that is stopped with another code than "never started
   * since the boot" has run, be it days ago: whether it should still do so, its start mode tells.
   */
  private static Evidence evidence(ServiceStatus status) {
    return switch (status.state()) {
      case RUNNING, STOP_PENDING, PAUSE_PENDING, PAUSED, CONTINUE_PENDING -> Evidence.RAN;
      case STOPPED ->
          status.exitCode() == ERROR_SERVICE_NEVER_STARTED
              ? Evidence.NONE
              : Evidence.RAN_SINCE_BOOT;
      case START_PENDING -> Evidence.NONE;
    };
  }

  private @Nullable ServiceState state() {
    return status.map(ServiceStatus::state).orElse(null);
  }

  /** An outage under way, with the ends of its phases as far as they were seen. */
  private static final class Outage {
    final Moment began;
    boolean stopPending;
    @Nullable Moment stopped;
    @Nullable Moment startPending;

    Outage(Moment began) {
      this.began = began;
    }

    Map<Phase, Duration> phases(Moment running) {
      Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
      if (stopPending && stopped != null) {
        phases.put(Phase.STOP, stopped.since(began));
      }
      if (stopped != null && startPending != null) {
        phases.put(Phase.DOWN, startPending.since(stopped));
      }
      if (startPending != null) {
        phases.put(Phase.START, running.since(startPending));
      }
      return phases;
    }
  }
}
