package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.reading.Meaning.Control;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What happened to services. All times are by the exporter's clock. */
public sealed interface ServiceFact extends Fact {

  /**
   * A witness told that a service entered a state.
   *
   * @param at the best guess of when
   * @param before by how much it may have been earlier
   * @param after by how much it may have been later
   * @param cause what began it, where the witness says so
   * @param event where the event log has it
   */
  record Seen(
      String service,
      ServiceState state,
      Witness witness,
      Instant at,
      Duration before,
      Duration after,
      Optional<Cause> cause,
      Optional<EventRef> event)
      implements ServiceFact {

    Instant earliest() {
      return at.minus(before);
    }

    Instant latest() {
      return at.plus(after);
    }
  }

  /** Why a service stopped. */
  enum Cause {
    /** Its process went away. */
    CRASH,
    /** Its process went away, and Windows announced that it would bring it back. */
    CRASH_RECOVERING,
    /** It stopped by itself, with an error. */
    ERROR,
    /** The host went down. */
    SHUTDOWN
  }

  /** A record of an event log. */
  record EventRef(String log, long record, Instant written) {}

  /**
   * A service was told to do something, which says nothing of whether it did.
   *
   * @param byUser whether by the account of a person
   */
  record Told(String service, Control control, boolean byUser, Instant at, EventRef event)
      implements ServiceFact {}

  /**
   * The host booted.
   *
   * @param down when it went down before; empty when nobody knows
   */
  record Booted(Optional<Instant> down, Instant up) implements ServiceFact {}

  /**
   * An outage ended, and nothing more can be learned of it: it is counted once, with this fact.
   *
   * @param disagreements how many of its transitions a witness should have told of and did not
   */
  record Settled(Outage outage, int disagreements) implements ServiceFact {}

  /**
   * The exporter's clock was set: what is not settled moves along.
   *
   * @param by forward if positive
   * @param at what it showed afterwards
   */
  record ClockMoved(Duration by, Instant at) implements ServiceFact {}

  /** The services were as known at that time; written now and then, for who comes after. */
  record Alive(Instant at) implements ServiceFact {}

  /** A service was seen to run for the first time. */
  record Ran(String service, Instant at) implements ServiceFact {}

  /** A service was found to start automatically, or not to any more. */
  record Automatic(String service, boolean automatic, Instant at) implements ServiceFact {}

  /** A word of the host's language was learned. */
  record WordLearned(String word, ServiceState state) implements ServiceFact {}

  /**
   * All that is counted of a service so far; stands for everything before it.
   *
   * @param base the state before what is not settled; empty when not known
   * @param leftAutomatic as in {@link ServiceHistory}
   */
  record Totals(
      String service,
      Optional<ServiceState> base,
      long restarts,
      Duration restartTime,
      long disagreements,
      boolean ran,
      Optional<Instant> lastStop,
      Optional<Instant> lastStart,
      Optional<Instant> lastCrash,
      Optional<Boolean> automatic,
      Optional<Instant> leftAutomatic)
      implements ServiceFact {}
}
