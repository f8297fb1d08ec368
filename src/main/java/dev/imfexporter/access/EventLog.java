package dev.imfexporter.access;

/**
 * The event logs of a host by their classic interface (<a
 * href="https://learn.microsoft.com/windows/win32/eventlog/event-logging">page</a>), which every
 * Windows from 2003 to 2022 offers, also to other machines.
 */
public interface EventLog {

  /**
   * Opens a log.
   *
   * @param log its name, such as {@code System}; Windows answers an unknown one with the log
   *     Application
   */
  EventLogReader open(String log) throws AccessException;

  /**
   * Calls {@code written} on a thread of the access after records were written. Windows tells at
   * most every five seconds, and of its own machine only.
   *
   * @throws AccessException.Unsupported if this access cannot push changes
   */
  Subscription onWritten(String log, Runnable written) throws AccessException;
}
