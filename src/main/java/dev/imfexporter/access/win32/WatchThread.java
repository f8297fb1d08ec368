package dev.imfexporter.access.win32;

import static dev.imfexporter.access.win32.Kernel32.KERNEL32;

import com.sun.jna.platform.win32.WinBase;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Subscription;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A thread that waits for changes on this machine and reports them until it is closed. The requests
 * to Windows are made on the thread itself, since some of them end with the thread that made them.
 *
 * @param <A> what is open while it waits
 */
abstract class WatchThread<A extends WatchThread.Armed> implements Subscription {
  private static final System.Logger LOG = System.getLogger(WatchThread.class.getName());

  /** Until the next try after Windows has refused a request. */
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

  private static final Duration CLOSE = Duration.ofSeconds(1);

  private final String what;
  private final int waitMillis;
  private final Runnable changed;
  private final EventHandle stop = EventHandle.create();
  private final CompletableFuture<Boolean> watching = new CompletableFuture<>();
  private final Thread thread;
  private boolean closed;

  /** A request to Windows: the event that it signals, and the handles that belong to it. */
  interface Armed extends AutoCloseable {
    HANDLE event();

    @Override
    void close();
  }

  /**
   * @param what is watched, for the log and as the name of the thread
   * @param waitMillis after which the thread looks without a signal, or INFINITE
   * @param changed called on the thread
   */
  WatchThread(String what, int waitMillis, Runnable changed) throws AccessException {
    this.what = what;
    this.waitMillis = waitMillis;
    this.changed = changed;
    this.thread = new Thread(this::run, what);
    thread.setDaemon(true);
  }

  abstract A arm() throws AccessException;

  /**
   * Makes the next request after a wait, before the change is reported, so that none falls between.
   *
   * @param before the last request, which is closed if another one is returned; null after a
   *     failure
   */
  abstract A rearm(@Nullable A before) throws AccessException;

  /**
   * Whether there is a change to report.
   *
   * @param before null if no request was open
   * @param now null if the next request failed
   * @param signaled whether Windows signaled a change, and the wait did not just end
   */
  abstract boolean isChange(@Nullable A before, @Nullable A now, boolean signaled);

  /** Returns when every later change will be reported. */
  final void start() throws AccessException {
    thread.start();
    try {
      watching.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AccessException refused) {
        throw refused;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  private void run() {
    try (stop) {
      A armed;
      try {
        armed = arm();
      } catch (AccessException | RuntimeException | Error e) {
        watching.completeExceptionally(e);
        return;
      }
      watching.complete(true);
      watch(armed);
    }
  }

  private void watch(A first) {
    @Nullable A armed = first;
    try {
      while (true) {
        int signaled = await(armed);
        if (signaled == WinBase.WAIT_OBJECT_0) {
          return;
        }
        if (signaled == WinBase.WAIT_FAILED) {
          AccessException why = Win32Errors.lastError("WaitForMultipleObjects", "");
          if (armed == null) {
            LOG.log(Level.ERROR, "Nothing watches the " + what + " any more", why);
            return;
          }
          LOG.log(Level.WARNING, "Cannot watch the " + what + " now, trying again", why);
          armed.close();
          armed = null;
          continue;
        }
        A before = armed;
        armed = next(before);
        if (isChange(before, armed, signaled == WinBase.WAIT_OBJECT_0 + 1)) {
          changed.run();
        }
      }
    } finally {
      if (armed != null) {
        armed.close();
      }
    }
  }

  /** Waits for the stop (0), a signal (1), or the end of the wait; WAIT_FAILED comes at once. */
  private int await(@Nullable A armed) {
    return armed == null
        ? KERNEL32.WaitForSingleObject(stop.handle(), (int) AFTER_FAILURE.toMillis())
        : KERNEL32.WaitForMultipleObjects(
            2, new HANDLE[] {stop.handle(), armed.event()}, false, waitMillis);
  }

  private @Nullable A next(@Nullable A before) {
    A next = null;
    try {
      next = rearm(before);
    } catch (AccessException e) {
      LOG.log(Level.WARNING, "Cannot watch the " + what + " now, trying again", e);
    }
    if (before != null && before != next) {
      before.close();
    }
    return next;
  }

  /** Returns when the thread has ended, or after a second. */
  @Override
  public final void close() {
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
