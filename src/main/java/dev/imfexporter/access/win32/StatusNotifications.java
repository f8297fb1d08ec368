package dev.imfexporter.access.win32;

import static dev.imfexporter.access.win32.Kernel32.KERNEL32;

import com.sun.jna.platform.win32.WinBase;
import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.StatusListener;
import dev.imfexporter.access.Subscription;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The SCM's notifications of one machine, all on one thread that lives while there are
 * subscriptions: the SCM reports to the thread that made the request, while it waits alertably (<a
 * href="https://learn.microsoft.com/windows/win32/api/winsvc/nf-winsvc-notifyservicestatuschangew">
 * page</a>). By that page, handles of other machines work as well, and MS-SCMR 3.1.4.43 transports
 * the call; a machine that does not support it answers with an error, which ends the subscription
 * of each service. Thread-safe.
 */
final class StatusNotifications implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StatusNotifications.class.getName());

  /** A part of the two seconds that the program has to stop. */
  private static final long CLOSE_MILLIS = 300;

  private final @Nullable String machine;
  private final List<WatchedService> incoming = new ArrayList<>();
  private @Nullable Thread thread;
  private @Nullable EventHandle wake;
  private boolean closed;

  /**
   * @param machine {@code \\name}, or null for this machine
   */
  StatusNotifications(@Nullable String machine) {
    this.machine = machine;
  }

  synchronized Subscription subscribe(Set<String> services, StatusListener listener)
      throws AccessException {
    if (closed) {
      throw new IllegalStateException("This access is closed");
    }
    CountDownLatch released = new CountDownLatch(services.size());
    List<WatchedService> watched =
        services.stream()
            .map(service -> new WatchedService(machine, service, listener, released::countDown))
            .toList();
    EventHandle event = wake == null ? EventHandle.create() : wake;
    incoming.addAll(watched);
    event.set();
    if (wake == null) {
      wake = event;
      thread = start(event);
    }
    return () -> {
      watched.forEach(WatchedService::cancel);
      wake();
      if (Thread.currentThread() != thread()) {
        awaitBriefly(released);
      }
    };
  }

  /** The thread only notes what came, and each wait for a processor makes a time wrong. */
  @SuppressWarnings("ThreadPriorityCheck") // it is right without the priority, only less exact
  private Thread start(EventHandle event) {
    Thread started = new Thread(() -> run(event), "service notifications");
    started.setDaemon(true);
    started.setPriority(Thread.MAX_PRIORITY);
    started.start();
    return started;
  }

  /** Ends all subscriptions; returns soon even if the SCM keeps the thread. */
  @Override
  public void close() {
    Thread running;
    synchronized (this) {
      closed = true;
      running = thread;
    }
    wake();
    if (running != null && running != Thread.currentThread()) {
      try {
        running.join(CLOSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @SuppressWarnings("CatchingUnchecked") // listeners are notified of every end of this thread
  private void run(EventHandle event) {
    List<WatchedService> watched = new ArrayList<>();
    try {
      while (takeOver(watched)) {
        for (WatchedService service : watched) {
          service.deliver();
          service.ask();
        }
        // A notification may have arrived during the call for the next service.
        if (watched.stream().noneMatch(WatchedService::isDue)
            && KERNEL32.WaitForSingleObjectEx(event.handle(), WinBase.INFINITE, true)
                == WinBase.WAIT_FAILED) {
          throw Win32Errors.lastError("WaitForSingleObjectEx", "");
        }
      }
    } catch (Throwable e) {
      LOG.log(Level.ERROR, "Unexpected failure of the service notifications", e);
      watched.stream().filter(service -> !service.isOver()).forEach(WatchedService::abandon);
    } finally {
      watched.forEach(WatchedService::release);
      runQueuedNotifications();
      end();
    }
  }

  /**
   * Adds new subscriptions and releases those that are over.
   *
   * @return false when nothing is left to watch, and the thread has to end
   */
  private boolean takeOver(List<WatchedService> watched) {
    synchronized (this) {
      watched.addAll(incoming);
      incoming.clear();
      if (closed) {
        watched.forEach(WatchedService::cancel);
      }
    }
    List<WatchedService> over = watched.stream().filter(WatchedService::isOver).toList();
    over.forEach(WatchedService::release);
    if (!over.isEmpty()) {
      // Their buffers may be freed only after the last queued notification has run.
      runQueuedNotifications();
      watched.removeAll(over);
    }
    synchronized (this) {
      if (watched.isEmpty() && incoming.isEmpty()) {
        end();
        return false;
      }
      return true;
    }
  }

  private static void runQueuedNotifications() {
    KERNEL32.SleepEx(0, true);
  }

  /** May be called again, when another thread already runs. */
  private synchronized void end() {
    if (Thread.currentThread() == thread && wake != null) {
      wake.close();
      wake = null;
      thread = null;
    }
  }

  private synchronized void wake() {
    if (wake != null) {
      wake.set();
    }
  }

  private synchronized @Nullable Thread thread() {
    return thread;
  }

  private static void awaitBriefly(CountDownLatch released) {
    try {
      if (!released.await(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.log(Level.DEBUG, "The SCM holds the notification thread; it ends when the SCM answers");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
