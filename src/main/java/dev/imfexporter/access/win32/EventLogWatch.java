package dev.imfexporter.access.win32;

import static dev.imfexporter.access.win32.Kernel32.KERNEL32;

import com.sun.jna.platform.win32.WinBase;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.EventLogReader.Range;
import dev.imfexporter.access.Subscription;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for new records of one event log of this machine, on a thread of its own. Windows pulses an
 * event object, at most once in five seconds: a thread that does not wait at that moment, and what
 * is written within the five seconds, goes without (<a
 * href="https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-notifychangeeventlog">
 * page</a>, <a href="https://support.microsoft.com/kb/833010">KB833010</a>). So the numbers of the
 * log are compared as well, as often.
 */
final class EventLogWatch implements Subscription {
  private static final System.Logger LOG = System.getLogger(EventLogWatch.class.getName());

  private static final Duration BETWEEN_PULSES = Duration.ofSeconds(5);

  /** Until the next try when the log can no longer be opened. */
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

  private static final Duration CLOSE = Duration.ofSeconds(1);

  private final String log;
  private final Runnable written;
  private final EventHandle stop;
  private final CompletableFuture<Boolean> watching = new CompletableFuture<>();
  private final Thread thread;
  private boolean closed;

  private EventLogWatch(String log, Runnable written, EventHandle stop) {
    this.log = log;
    this.written = written;
    this.stop = stop;
    this.thread = new Thread(this::run, "event log " + log);
    thread.setDaemon(true);
  }

  /** Returns when every later record will be told of. */
  static EventLogWatch start(String log, Runnable written) throws AccessException {
    EventLogWatch watch = new EventLogWatch(log, written, EventHandle.create());
    watch.thread.start();
    try {
      watch.watching.get();
      return watch;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AccessException refused) {
        throw refused;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      watch.close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  private void run() {
    try (stop) {
      Armed armed;
      try {
        armed = new Armed();
      } catch (AccessException | RuntimeException | Error e) {
        watching.completeExceptionally(e);
        return;
      }
      watching.complete(true);
      watch(armed);
    }
  }

  private void watch(Armed first) {
    @Nullable Armed armed = first;
    try {
      while (true) {
        int signaled = await(armed);
        if (signaled == WinBase.WAIT_OBJECT_0) {
          return;
        }
        boolean pulsed = armed == null || signaled == WinBase.WAIT_OBJECT_0 + 1;
        // Looked at before anyone reads, so that what is written meanwhile is told of next time.
        boolean changed;
        try {
          armed = armed == null ? new Armed() : armed;
          changed = armed.changed();
        } catch (AccessException e) {
          LOG.log(Level.WARNING, "No longer told of new events in " + log + ", trying again", e);
          close(armed);
          armed = null;
          continue;
        }
        if (pulsed || changed) {
          written.run();
        }
      }
    } finally {
      close(armed);
    }
  }

  /** Waits for the stop (0), a pulse (1), or the time to look without one. */
  private int await(@Nullable Armed armed) {
    return armed == null
        ? KERNEL32.WaitForSingleObject(stop.handle(), (int) AFTER_FAILURE.toMillis())
        : KERNEL32.WaitForMultipleObjects(
            2,
            new HANDLE[] {stop.handle(), armed.event.handle()},
            false,
            (int) BETWEEN_PULSES.toMillis());
  }

  private static void close(@Nullable Armed armed) {
    if (armed != null) {
      armed.close();
    }
  }

  /** An open log that pulses an event. */
  private final class Armed implements AutoCloseable {
    private final EventHandle event = EventHandle.create();
    private final EventLogHandle handle;
    private Optional<Range> seen;

    private Armed() throws AccessException {
      try {
        handle = EventLogHandle.open(null, log);
      } catch (AccessException | RuntimeException | Error e) {
        event.close();
        throw e;
      }
      try {
        handle.notify(event);
        seen = handle.range();
      } catch (AccessException | RuntimeException | Error e) {
        close();
        throw e;
      }
    }

    private boolean changed() throws AccessException {
      Optional<Range> before = seen;
      seen = handle.range();
      return !seen.equals(before);
    }

    @Override
    public void close() {
      handle.close();
      event.close();
    }
  }

  /** Returns when the thread has ended, or after a second. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed || !thread.isAlive()) {
        return;
      }
      closed = true;
      stop.set();
    }
    if (Thread.currentThread() != thread) {
      try {
        thread.join(CLOSE.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
