package dev.imfexporter.watch.fact;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.watch.model.Boot;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What happened to a service, or to the host and so to all services. Times are on the axis of
 * {@link dev.imfexporter.watch.clock.HostTime}.
 */
public sealed interface ServiceFact extends Fact {

  /**
   * A source reported that a service entered a state.
   *
   * @param at for a poll the time of the poll, for an event the begin of the second that the log
   *     names
   * @param margin the uncertainty of {@code at}. Poll and notification: how much earlier the
   *     transition may have happened; empty when that is not bounded. Event: the error of the
   *     host's clock either way, beyond the whole second
   * @param record present if an event reported it
   * @param ending how the service stopped; empty when not reported
   */
  record StateObserved(
      String service,
      ServiceState state,
      Source source,
      Instant at,
      Optional<Duration> margin,
      Optional<LogRecord> record,
      Optional<Ending> ending)
      implements ServiceFact {

    /** The earliest possible time; empty when it is not bounded. */
    public Optional<Instant> earliest() {
      return margin.map(at::minus);
    }

    /** The latest possible time. */
    public Instant latest() {
      return source == Source.EVENT
          ? at.plus(LogRecord.RESOLUTION).plus(margin.orElse(Duration.ZERO))
          : at;
    }
  }

  /**
   * A record of the System log, as the host numbers and dates it.
   *
   * @param written by the host's clock
   */
  record LogRecord(long number, Instant written) {
    /** Logs name whole seconds (EVENTLOGRECORD.TimeGenerated). */
    public static final Duration RESOLUTION = Duration.ofSeconds(1);

    /** Whether this record was in the log when the other was written; see {@link LogCleared}. */
    public boolean upTo(LogRecord other) {
      return number <= other.number;
    }

    /** Whether this record was written later than the other, also if the log was cleared. */
    public boolean isAfter(LogRecord other) {
      return written.equals(other.written) ? number > other.number : written.isAfter(other.written);
    }
  }

  /** How a service came to be STOPPED without a control, the more specific evidence later. */
  enum Ending {
    /** It reported an error. */
    ERROR,
    /** Its process ended. */
    TERMINATED,
    /** Its process ended, and the SCM announced a recovery action that starts it (event 7031). */
    TERMINATED_RECOVERING
  }

  /**
   * A service was sent a control. Whether it obeyed shows in its states.
   *
   * @param start true for a start by a user's account, false for a stop by any account; other
   *     controls are not recorded
   * @param margin the error of the host's clock either way
   */
  record ControlSent(String service, boolean start, Instant at, Duration margin, LogRecord record)
      implements ServiceFact {
    public Instant earliest() {
      return at.minus(margin);
    }

    public Instant latest() {
      return at.plus(LogRecord.RESOLUTION).plus(margin);
    }
  }

  /**
   * The SCM could not start a service (events 7000, 7001 and 7009). Its state may not have changed.
   *
   * @param margin the error of the host's clock either way
   */
  record StartFailed(String service, Instant at, Duration margin, LogRecord record)
      implements ServiceFact {
    public Instant earliest() {
      return at.minus(margin);
    }

    public Instant latest() {
      return at.plus(LogRecord.RESOLUTION).plus(margin);
    }
  }

  /**
   * An outage ended and no further evidence of it is expected: this fact counts it, once. It is
   * always the oldest outage of its service that is not settled.
   */
  record OutageSettled(Outage outage) implements ServiceFact {}

  /** One source reported a transition that another source should have reported and did not. */
  record SourcesDisagreed(String service, ServiceState state, Instant at) implements ServiceFact {}

  /**
   * A service was found to have another start mode than before.
   *
   * @param at the time of the change; a repeated mode corrects the time
   */
  record StartModeObserved(String service, StartMode mode, Instant at) implements ServiceFact {}

  /** A service is not watched any more; its open outage ends with it. */
  record ServiceRemoved(String service) implements ServiceFact {}

  /**
   * Services that were removed are forgotten, but for their settled outages.
   *
   * @param serials how many serials of transitions are used at most: one that is watched again goes
   *     on from there, so that the numbers of its outages stay unique
   */
  record ServicesForgotten(Set<String> services, long serials) implements ServiceFact {
    public ServicesForgotten {
      services = Set.copyOf(services);
    }
  }

  /** The host went down and came up: nothing ran in between. */
  record Rebooted(Boot boot) implements ServiceFact {}

  /** The System log was cleared: its records are numbered from 1 again. */
  record LogCleared() implements ServiceFact {}

  /**
   * The state of a service before its first {@link TransitionRetained}: replaces everything that
   * was counted so far.
   *
   * @param restartTime of all {@code restarts}
   * @param downgraded when the start mode last became weaker
   * @param state before the first transition; empty when not known
   * @param ran whether the service was ever seen to run
   * @param until evidence from before this time is ignored
   * @param heard the newest log record that reported the service
   * @param serials how many serials of transitions are used
   */
  record ServiceTotals(
      String service,
      long restarts,
      Duration restartTime,
      long disagreements,
      Optional<Instant> lastCrash,
      Optional<Instant> downgraded,
      Optional<ServiceState> state,
      boolean ran,
      Optional<Instant> lastStop,
      Optional<Instant> lastStart,
      Optional<Instant> until,
      Optional<LogRecord> heard,
      long serials)
      implements ServiceFact {}

  /** A transition with the combined evidence of all sources, behind those retained before. */
  record TransitionRetained(String service, Transition transition) implements ServiceFact {}
}
