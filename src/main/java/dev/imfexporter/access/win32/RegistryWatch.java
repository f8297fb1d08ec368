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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for changes of one key of this machine, on a thread of its own: a change is reported only
 * as long as the thread lives that asked for it (<a
 * href="https://learn.microsoft.com/windows/win32/api/winreg/nf-winreg-regnotifychangekeyvalue">
 * page</a>). A key tells neither of its own coming nor, by that page, of its going, so the nearest
 * existing key on the way to it is watched together with that one's parent.
 */
final class RegistryWatch implements Subscription {
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
      } catch (AccessException e) {
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
    if (armed == null) {
      return KERNEL32.WaitForSingleObject(stop.handle(), (int) AFTER_FAILURE.toMillis())
          == WinBase.WAIT_OBJECT_0;
    }
    List<HANDLE> handles = new ArrayList<>(List.of(stop.handle()));
    armed.levels.forEach(level -> handles.add(level.event.handle()));
    return KERNEL32.WaitForMultipleObjects(
            handles.size(), handles.toArray(HANDLE[]::new), false, WinBase.INFINITE)
        == WinBase.WAIT_OBJECT_0;
  }

  private @Nullable Armed armAgain() {
    try {
      return arm();
    } catch (AccessException e) {
      return null;
    }
  }

  private Armed arm() throws AccessException {
    while (true) {
      Armed armed = new Armed();
      boolean complete = false;
      try {
        complete = armed.complete();
        if (complete) {
          return armed;
        }
      } finally {
        if (!complete) {
          armed.close();
        }
      }
    }
  }

  private Optional<RegistryKey> open(String key) throws AccessException {
    return RegistryKey.open(null, view, key, Right.KEY_NOTIFY);
  }

  private static String parent(String key) {
    int end = key.lastIndexOf('\\');
    return end < 0 ? "" : key.substring(0, end);
  }

  /** A key that is watched, with the event that tells of a change. */
  private record Level(RegistryKey key, EventHandle event) {
    /**
     * @return false when the key has been deleted since it was opened
     */
    boolean ask(boolean all) throws AccessException {
      int filter =
          all
              ? WinNT.REG_NOTIFY_CHANGE_NAME | WinNT.REG_NOTIFY_CHANGE_LAST_SET
              : WinNT.REG_NOTIFY_CHANGE_NAME;
      int code = ADVAPI32.RegNotifyChangeKeyValue(key.handle(), all, filter, event.handle(), true);
      if (code != WinError.ERROR_SUCCESS && !RegistryKey.isMissing(code)) {
        throw Win32Errors.failed(
            "RegNotifyChangeKeyValue " + key.name(),
            code,
            Right.KEY_NOTIFY + " on the registry key " + key.name());
      }
      return code == WinError.ERROR_SUCCESS;
    }
  }

  /** What is watched until the next change. */
  private final class Armed implements AutoCloseable {
    private final List<Level> levels = new ArrayList<>();
    private boolean exists;

    /**
     * @return false when a key came or went meanwhile, and all has to begin anew
     */
    boolean complete() throws AccessException {
      String key = path;
      String missing = "";
      while (!add(key)) {
        missing = key;
        key = parent(key);
      }
      exists = missing.isEmpty();
      if (!levels.get(0).ask(exists)) {
        return false;
      }
      if (!key.isEmpty() && !(add(parent(key)) && levels.get(1).ask(false))) {
        return false;
      }
      return exists || isMissing(missing);
    }

    private boolean add(String key) throws AccessException {
      Optional<RegistryKey> open = open(key);
      if (open.isPresent()) {
        try {
          levels.add(new Level(open.get(), EventHandle.create()));
        } catch (AccessException e) {
          open.get().close();
          throw e;
        }
      }
      return open.isPresent();
    }

    private boolean isMissing(String key) throws AccessException {
      Optional<RegistryKey> open = open(key);
      open.ifPresent(RegistryKey::close);
      return open.isEmpty();
    }

    /** Keys first: closing one sets its event. */
    @Override
    public void close() {
      levels.forEach(level -> level.key.close());
      levels.forEach(level -> level.event.close());
      levels.clear();
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
