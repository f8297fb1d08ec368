package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What happened to a service, or to the host and so to all of them. */
public sealed interface ServiceFact extends Fact {

  /**
   * A witness told that a service entered a state.
   *
   * @param at by the exporter's clock: for a poll when it saw the state, for an event the begin of
   *     the second that the log names
   * @param margin how uncertain {@code at} is. Poll and notification: by how much earlier it may
   *     have happened; empty when nothing says how long it has been so. Event: the error of the
   *     host's clock either way, beyond the whole second
   * @param record present if an event told of it
   * @param ending how the service stopped, where that is known
   */
  record Sighted(
      String service,
      ServiceState state,
      Witness witness,
      Instant at,
      Optional<Duration> margin,
      Optional<LogRecord> record,
      Optional<Ending> ending)
      implements ServiceFact {

    /** When it can have happened at the earliest; empty when nothing says so. */
    Optional<Instant> earliest() {
      return margin.map(at::minus);
    }

    /** When it must have happened. */
    Instant latest() {
      return witness == Witness.EVENT
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
    static final Duration RESOLUTION = Duration.ofSeconds(1);

    /** Whether this record was in the log when the other was written; see {@link LogCleared}. */
    boolean upTo(LogRecord other) {
      return number <= other.number;
    }
  }

  /** How a service came to be STOPPED without an order. */
  enum Ending {
    /** Its process went away. */
    TERMINATED,
    /** Its process went away, and the SCM announced to start it again. */
    TERMINATED_RECOVERING,
    /** It reported an error. */
    ERROR
  }

  /**
   * A service was sent a control; whether it obeyed, its states tell.
   *
   * @param start true for a start by a user's account, false for a stop by anybody; others say
   *     nothing here
   * @param margin the error of the host's clock either way
   */
  record Ordered(String service, boolean start, Instant at, Duration margin, LogRecord record)
      implements ServiceFact {
    Instant earliest() {
      return at.minus(margin);
    }

    Instant latest() {
      return at.plus(LogRecord.RESOLUTION).plus(margin);
    }
  }

  /** An outage ended, and nothing more can be learned of it: it is counted once, with this fact. */
  record Settled(Outage outage) implements ServiceFact {}

  /** A transition was told by one witness and not by another that should have. */
  record Disagreed(String service, ServiceState state, Instant at) implements ServiceFact {}

  /**
   * A service was found to start in another way than before.
   *
   * @param at when that changed; the same mode once more corrects the time
   */
  record ModeSeen(String service, StartMode mode, Instant at) implements ServiceFact {}

  /** A service is not installed any more: nobody misses it. */
  record Removed(String service) implements ServiceFact {}

  /** The host went down and came up: nothing ran in between. */
  record Rebooted(Boot boot) implements ServiceFact {}

  /** The exporter's clock was set: what is not settled happened that much later by it. */
  record ClockShifted(Duration by) implements ServiceFact {}

  /** The System log was cleared: its records are numbered from 1 again. */
  record LogCleared() implements ServiceFact {}

  /** An event called by this word what another witness saw as this state. */
  record WordHeard(String word, ServiceState state) implements ServiceFact {}

  /**
   * What is known of a service from before its first {@link Kept}: takes the place of all that was
   * counted so far.
   *
   * @param restartTime of all {@code restarts}
   * @param state before the first transition; empty when not known
   * @param ran whether it was ever seen to run
   * @param until nothing before this time is listened to any more
   * @param heard the newest record that told of it
   */
  record Totals(
      String service,
      long restarts,
      Duration restartTime,
      long disagreements,
      Optional<Instant> lastCrash,
      Optional<Instant> leftAutomatic,
      Optional<ServiceState> state,
      boolean ran,
      Optional<Instant> lastStop,
      Optional<Instant> lastStart,
      Optional<Instant> until,
      Optional<LogRecord> heard)
      implements ServiceFact {}

  /** A transition as all witnesses together know it, behind those kept before. */
  record Kept(String service, Transition transition) implements ServiceFact {}
}
