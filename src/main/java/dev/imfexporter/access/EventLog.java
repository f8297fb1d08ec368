package dev.imfexporter.access;

/**
 * The event logs of a host by their classic interface (<a
 * href="https://learn.microsoft.com/windows/win32/eventlog/event-logging">page</a>), which every
 * Windows from 2003 to 2022 offers, also to other machines.
 */
public interface EventLog {

  /** The log of Windows itself, with the SCM's events. */
  String SYSTEM = "System";

  /** The log of programs, with those of SMTP. */
  String APPLICATION = "Application";

  /**
   * Opens a log.
   *
   * @param log its name; for an unknown one, Windows opens the log Application
   */
  EventLogReader open(String log) throws AccessException;

  /**
   * Calls {@code written} on a thread of the access after records were written. Windows reports at
   * most every five seconds, and only on the machine itself.
   *
   * @throws AccessException.Unsupported if this access cannot push changes
   */
  Subscription onWritten(String log, Runnable written) throws AccessException;
}
