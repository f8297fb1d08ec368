package dev.imfexporter.access.win32;

import static dev.imfexporter.access.win32.Advapi32.ADVAPI32;
import static dev.imfexporter.access.win32.Kernel32.KERNEL32;

import com.sun.jna.platform.win32.WinBase;
import com.sun.jna.platform.win32.WinError;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Registry.View;
import dev.imfexporter.access.Subscription;
import dev.imfexporter.access.win32.RegistryKey.Right;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for changes of one key of this machine, on a thread of its own: a change is reported only
 * as long as the thread lives that asked for it (<a
 * href="https://learn.microsoft.com/windows/win32/api/winreg/nf-winreg-regnotifychangekeyvalue">
 * page</a>). A key tells neither of its own coming nor, by that page, of its going: the keys above
 * do, so all on the way to it are watched, and neighbours may now and then cause a call too many.
 */
final class RegistryWatch implements Subscription {
  private static final System.Logger LOG = System.getLogger(RegistryWatch.class.getName());

  /** Until the next try when a key on the way can no longer be opened. */
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

  private static final Duration CLOSE = Duration.ofSeconds(1);

  private final View view;
  private final String path;
  private final Runnable changed;
  private final EventHandle stop;
  private final CompletableFuture<Boolean> watching = new CompletableFuture<>();
  private final Thread thread;
  private boolean closed;

  private RegistryWatch(View view, String path, Runnable changed, EventHandle stop) {
    this.view = view;
    this.path = path;
    this.changed = changed;
    this.stop = stop;
    this.thread = new Thread(this::run, "registry changes");
    thread.setDaemon(true);
  }

  /** Returns when every later change will be reported. */
  static RegistryWatch start(View view, String path, Runnable changed) throws AccessException {
    RegistryWatch watch = new RegistryWatch(view, path, changed, EventHandle.create());
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
        armed = arm();
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
      while (!stopped(armed)) {
        boolean existed = armed == null || armed.exists;
        // Watched again before anyone reads, so that no change falls in between.
        Armed next = armAgain();
        if (armed != null) {
          armed.close();
        }
        armed = next;
        if (existed || next == null || next.exists) {
          changed.run();
        }
      }
    } finally {
      if (armed != null) {
        armed.close();
      }
    }
  }

  /** Waits for a change, or for another try after a failure. */
  private boolean stopped(@Nullable Armed armed) {
    int signaled =
        armed == null
            ? KERNEL32.WaitForSingleObject(stop.handle(), (int) AFTER_FAILURE.toMillis())
            : KERNEL32.WaitForMultipleObjects(
                2, new HANDLE[] {stop.handle(), armed.event.handle()}, false, WinBase.INFINITE);
    return signaled == WinBase.WAIT_OBJECT_0;
  }

  private @Nullable Armed armAgain() {
    try {
      return arm();
    } catch (AccessException e) {
      LOG.log(Level.WARNING, "No longer told of changes of HKLM\\" + path + ", trying again", e);
      return null;
    }
  }

  private Armed arm() throws AccessException {
    Armed armed = new Armed();
    boolean complete = false;
    try {
      armed.askAllTheWay();
      complete = true;
      return armed;
    } finally {
      if (!complete) {
        armed.close();
      }
    }
  }

  /** What is watched until the next change. */
  private final class Armed implements AutoCloseable {
    private final EventHandle event = EventHandle.create();
    private final List<RegistryKey> keys = new ArrayList<>();
    private boolean exists;

    private Armed() throws AccessException {}

    /**
     * From the top down: each key is opened when the one above already tells of its coming and
     * going, so whatever happens meanwhile sets the event. The first part of the path is a hive,
     * which neither comes nor goes.
     */
    private void askAllTheWay() throws AccessException {
      int end = path.indexOf('\\');
      while (end >= 0) {
        if (!ask(path.substring(0, end), false, WinNT.REG_NOTIFY_CHANGE_NAME)) {
          return;
        }
        end = path.indexOf('\\', end + 1);
      }
      exists = ask(path, true, WinNT.REG_NOTIFY_CHANGE_NAME | WinNT.REG_NOTIFY_CHANGE_LAST_SET);
    }

    /**
     * @return false when there is no such key
     */
    private boolean ask(String keyPath, boolean subtree, int filter) throws AccessException {
      RegistryKey key = RegistryKey.open(null, view, keyPath, Right.KEY_NOTIFY).orElse(null);
      if (key == null) {
        return false;
      }
      keys.add(key);
      int code =
          ADVAPI32.RegNotifyChangeKeyValue(key.handle(), subtree, filter, event.handle(), true);
      if (code != WinError.ERROR_SUCCESS && !RegistryKey.isMissing(code)) {
        throw Win32Errors.failed(
            "RegNotifyChangeKeyValue " + key.name(), code, Right.KEY_NOTIFY.on(key.name()));
      }
      return code == WinError.ERROR_SUCCESS;
    }

    /** Keys first: closing one sets its event. */
    @Override
    public void close() {
      keys.forEach(RegistryKey::close);
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
