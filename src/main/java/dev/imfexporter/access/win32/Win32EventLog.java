package dev.imfexporter.access.win32;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.EventLog;
import dev.imfexporter.access.EventLogReader;
import dev.imfexporter.access.Subscription;
import org.jspecify.annotations.Nullable;

/** The event logs of this or another machine. Thread-safe. */
final class Win32EventLog implements EventLog, AutoCloseable {
  private final @Nullable String machine;
  private final OpenSubscriptions watches = new OpenSubscriptions();

  /**
   * @param machine {@code \\name}, or null for this machine
   */
  Win32EventLog(@Nullable String machine) {
    this.machine = machine;
  }

  @Override
  public EventLogReader open(String log) throws AccessException {
    return Win32EventLogReader.open(machine, log);
  }

  @Override
  public Subscription onWritten(String log, Runnable written) throws AccessException {
    if (machine != null) {
      throw new AccessException.Unsupported(
          "Windows reports new events only on the machine itself");
    }
    return watches.add(EventLogWatch.start(log, written));
  }

  /** Ends the subscriptions. The caller closes readers that it has opened. */
  @Override
  public void close() {
    watches.close();
  }
}
