package dev.imfexporter.watch.poll;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.EventLog;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.Registry.View;
import dev.imfexporter.access.Subscription;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.DefinitionReading;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the collectors of the definition and of the events when the host reports a change. Closes
 * with its subscriptions those that others add. Thread-safe.
 */
public final class Changes implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Changes.class.getName());

  private final HostAccess access;
  private final Collectors collectors;

  // Guarded by this.
  private final List<Subscription> subscriptions = new ArrayList<>();
  private boolean closed;

  public Changes(HostAccess access, Collectors collectors) {
    this.access = access;
    this.collectors = collectors;
  }

  /** Blocks while the host is asked, as does the next. */
  public void watchDefinitionKey() {
    try {
      for (View view : View.values()) {
        keep(
            access
                .registry()
                .onChange(
                    view,
                    DefinitionReading.UPDATE_KEY,
                    () -> collectors.refresh(CollectorKey.DEFINITION)));
      }
    } catch (AccessException e) {
      LOG.log(Level.DEBUG, "The definition is read at intervals only: {0}", e.getMessage());
    }
  }

  public void watchEventLog() {
    try {
      keep(
          access
              .eventLog()
              .onWritten(EventLog.SYSTEM, () -> collectors.refresh(CollectorKey.EVENTS)));
    } catch (AccessException e) {
      LOG.log(Level.DEBUG, "The event log is read at intervals only: {0}", e.getMessage());
    }
  }

  /** Closes a subscription with these, or at once if these are closed. */
  public void keep(Subscription subscription) {
    synchronized (this) {
      if (!closed) {
        subscriptions.add(subscription);
        return;
      }
    }
    subscription.close();
  }

  @Override
  public void close() {
    List<Subscription> open;
    synchronized (this) {
      closed = true;
      open = List.copyOf(subscriptions);
      subscriptions.clear();
    }
    open.forEach(Subscription::close);
  }
}
