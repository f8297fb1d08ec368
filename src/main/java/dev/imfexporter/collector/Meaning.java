package dev.imfexporter.collector;

import dev.imfexporter.access.ServiceState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The content of an event, as far as the exporter uses it. */
public sealed interface Meaning {

  /** Whether Windows writes it when the host starts. */
  default boolean isOfBoot() {
    return this instanceof Booted || (this instanceof ShutDown down && !down.orderly());
  }

  /** An event of the Service Control Manager about one service. */
  sealed interface OfService extends Meaning {
    Named service();
  }

  /**
   * A service as an event names it.
   *
   * @param name the short name, or the display name in the host's language
   * @param isShort true if it is the short name; if false it may be either: 7011 has the short name
   *     where the others have the display name
   */
  record Named(String name, boolean isShort) {}

  /**
   * 7036: a service entered a state.
   *
   * @param word the state in the host's language; "" if the event has the number instead
   * @param state empty for an unknown word
   */
  record Entered(Named service, String word, Optional<ServiceState> state) implements OfService {}

  /**
   * 7035, 7042: a control was sent to a service, which may not have obeyed it.
   *
   * @param word the control in the host's language
   * @param control empty for an unknown word
   * @param user the SID of the account that sent it; empty if the event names none
   */
  record Controlled(Named service, String word, Optional<Control> control, Optional<String> user)
      implements OfService {}

  /** A control that is sent to a service. */
  enum Control {
    START,
    STOP,
    PAUSE,
    CONTINUE
  }

  /** A failure of a service. */
  record Failed(Named service, Failure failure) implements OfService {}

  /** The effect of a failure on the service. */
  enum Failure {
    /** It could not start. */
    START,
    /** Its process ended. */
    TERMINATED,
    /** Its process ended, and the recovery action restarts it or runs a program that may. */
    TERMINATED_RECOVERING,
    /** It stopped by itself with an error. */
    STOPPED_WITH_ERROR,
    /** A failure that neither begins nor ends an outage. */
    OTHER
  }

  /**
   * 7040: its start mode was changed.
   *
   * @param from the former mode, in the host's language
   */
  record StartModeChanged(Named service, String from) implements OfService {}

  /**
   * A step of an installation of updates.
   *
   * @param update what the updates change
   * @param kb for example KB907747; empty if the event names none
   * @param title the title in the event, at most 5,000 characters; it may have several updates, a
   *     line each
   */
  record UpdateStep(Step step, UpdateKind update, Optional<String> kb, String title)
      implements Meaning {}

  /** A step of an installation. */
  enum Step {
    BEGUN,
    INSTALLED,
    FAILED
  }

  /**
   * Updates are downloaded, or wait to be installed.
   *
   * @param updates at most 50
   */
  record UpdatesAnnounced(List<Announced> updates) implements Meaning {
    public UpdatesAnnounced {
      updates = List.copyOf(updates);
    }
  }

  /**
   * An update that is to be installed.
   *
   * @param kb as in {@link UpdateStep}
   * @param title at most 5,000 characters, in one line
   */
  record Announced(Optional<String> kb, String title) {}

  /** The host started. */
  record Booted() implements Meaning {}

  /**
   * The host went down.
   *
   * @param orderly false for a loss of power or a crash, which is logged at the next start
   * @param died when it was last up before a shutdown that was not orderly, by its clock of then;
   *     empty if the event does not say so
   */
  record ShutDown(boolean orderly, Optional<Instant> died) implements Meaning {
    public ShutDown(boolean orderly) {
      this(orderly, Optional.empty());
    }
  }

  /**
   * The last record before a start of the host, of any provider: the host was still up. The event
   * has the record's number and time, and neither provider nor id.
   */
  record LastBeforeBoot() implements Meaning {}

  /** The host's clock was set. */
  record ClockSet(Instant from, Instant to) implements Meaning {}

  /**
   * A virtual server cannot work: its port could not be bound, or its queue directory is not valid.
   *
   * @param virtualServer for example {@code SMTP 1}; "" if the event does not say which
   */
  record BindFailed(String virtualServer) implements Meaning {}

  /**
   * An event that tells the cause of a trouble.
   *
   * @param about what it names, such as a domain or a drive; "" if it names nothing
   * @param reason in the host's language, "" if it gives none
   */
  record ClueGiven(Clue clue, String about, String reason) implements Meaning {}

  /** An event of a source in the Application log that does not look like Microsoft's. */
  record OtherMaker() implements Meaning {}

  /** An event of a counted provider without a decoder. */
  record Counted() implements Meaning {}
}
