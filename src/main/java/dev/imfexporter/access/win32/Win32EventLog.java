package dev.imfexporter.access.win32;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.EventLog;
import dev.imfexporter.access.EventLogReader;
import dev.imfexporter.access.Subscription;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The event logs of this or another machine. Thread-safe. */
final class Win32EventLog implements EventLog, AutoCloseable {
  private final @Nullable String machine;
  private final Set<EventLogWatch> watches = new HashSet<>();
  private boolean closed;

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
          "Windows tells of new events of its own machine only, not of those of " + machine);
    }
    EventLogWatch watch = EventLogWatch.start(log, written);
    synchronized (this) {
      if (!closed) {
        watches.add(watch);
        return () -> close(watch);
      }
    }
    watch.close();
    throw new IllegalStateException("This access is closed");
  }

  private void close(EventLogWatch watch) {
    watch.close();
    synchronized (this) {
      watches.remove(watch);
    }
  }

  /** Ends the subscriptions. Readers are closed by those who opened them. */
  @Override
  public void close() {
    List<EventLogWatch> open;
    synchronized (this) {
      closed = true;
      open = List.copyOf(watches);
    }
    open.forEach(this::close);
  }
}
