package dev.imfexporter.reading;

import dev.imfexporter.access.ServiceState;
import java.time.Instant;
import java.util.Optional;

/** What an event says. */
public sealed interface Meaning {

  /** What the Service Control Manager says of one service. */
  sealed interface OfService extends Meaning {
    Named service();
  }

  /**
   * A service as an event names it.
   *
   * @param name its short name, or its display name in the host's language
   * @param isShort whether it is surely the short name; if not, it is mostly the display name, but
   *     7011 has the short name there too
   */
  record Named(String name, boolean isShort) {}

  /**
   * 7036: a service entered a state.
   *
   * @param word for the state in the host's language; "" where the event has the number instead
   * @param state empty when the word is not known
   */
  record Entered(Named service, String word, Optional<ServiceState> state) implements OfService {}

  /**
   * 7035, 7042: a service was sent a control, which says nothing of whether it obeyed.
   *
   * @param word for the control in the host's language
   * @param control empty when the word is not known
   * @param user the SID of who sent it; empty when the event does not say
   */
  record Controlled(Named service, String word, Optional<Control> control, Optional<String> user)
      implements OfService {}

  /** What a service can be told to do. */
  enum Control {
    START,
    STOP,
    PAUSE,
    CONTINUE
  }

  /** A failure of a service; the event's id says which. */
  record Failed(Named service, Failure failure) implements OfService {}

  /** What kind of failure. */
  enum Failure {
    /** 7000, 7001, 7009, 7022: it could not start. */
    START,
    /** 7031, 7034: its process went away. */
    TERMINATED,
    /** 7031 that announces a recovery action that starts it again, or a program that does. */
    TERMINATED_RECOVERING,
    /** 7023, 7024: it stopped by itself with an error. */
    STOPPED_WITH_ERROR,
    /** 7011, 7032, 7043, 7046: neither ends an outage nor begins one. */
    OTHER
  }

  /**
   * 7040: its start mode was changed.
   *
   * @param from in the host's language
   * @param to in the host's language
   */
  record StartModeChanged(Named service, String from, String to) implements OfService {}

  /** 7045: it was installed. */
  record Installed(Named service) implements OfService {}

  /**
   * An installer of Windows or of the filter took a step.
   *
   * @param title as the event has it, at most 500 characters; may list several updates, a line each
   * @param kb such as KB907747; empty when the event names none
   * @param update what was installed
   */
  record UpdateStep(Step step, UpdateKind update, Optional<String> kb, String title)
      implements Meaning {}

  /** What an installer did. */
  enum Step {
    BEGUN,
    INSTALLED,
    FAILED,
    /** A reboot is needed to complete it. */
    REBOOT_NEEDED
  }

  /** An update that comes daily, such as one of anti-malware definitions, and restarts nothing. */
  record RoutineUpdate(String title) implements Meaning {}

  /** The host started: EventLog 6005 and 6009, Kernel-General 12. */
  record Booted() implements Meaning {}

  /**
   * The host went down.
   *
   * @param orderly EventLog 6006 or Kernel-General 13; otherwise 6008, which is written at the next
   *     start
   */
  record ShutDown(boolean orderly) implements Meaning {}

  /**
   * USER32 1074: somebody or something asked for a shutdown or a reboot.
   *
   * @param user a SID, or an account's name where the event has no SID
   */
  record ShutdownRequested(String process, String reason, Optional<String> user)
      implements Meaning {}

  /** Kernel-General 1: the host's clock was set. */
  record ClockSet(Instant from, Instant to) implements Meaning {}

  /**
   * SMTPSVC 115, 429: a virtual server cannot work.
   *
   * @param virtualServer such as {@code SMTP 1}; "" when the event does not say which
   */
  record BindFailed(String virtualServer) implements Meaning {}

  /** It counts, and says nothing more here. */
  record Counted() implements Meaning {}
}
