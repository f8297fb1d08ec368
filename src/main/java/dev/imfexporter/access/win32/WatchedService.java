package dev.imfexporter.access.win32;

import static dev.imfexporter.access.win32.Advapi32.ADVAPI32;

import com.sun.jna.platform.win32.WinError;
import com.sun.jna.platform.win32.Winsvc.SERVICE_STATUS_PROCESS;
import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.ServiceRight;
import dev.imfexporter.access.StatusListener;
import dev.imfexporter.access.Win32Error;
import dev.imfexporter.access.win32.Advapi32.ServiceNotify;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One service that the notification thread watches: its handle, and the buffer that the SCM writes
 * into. Used by that thread only, except for {@link #cancel}.
 */
final class WatchedService {
  private static final int MASK =
      Advapi32.SERVICE_NOTIFY_STATES | Advapi32.SERVICE_NOTIFY_DELETE_PENDING;

  /** How many new handles are tried in a row after SERVICE_NOTIFY_CLIENT_LAGGING. */
  private static final int MAX_REOPENED = 3;

  /** The answers of machines that do not have the call, as Windows before Vista does not. */
  private static final Set<Integer> NOT_SERVED =
      Set.of(
          Win32Error.NOT_SUPPORTED,
          Win32Error.CALL_NOT_IMPLEMENTED,
          Win32Error.RPC_PROCNUM_OUT_OF_RANGE);

  private final @Nullable String machine;
  private final String service;
  private final StatusListener listener;
  private final Runnable released;

  // JNA frees the callback with the object it belongs to, so both live as long as this one.
  private final Advapi32.NotifyCallback callback = buffer -> arrived();
  private final ServiceNotify buffer = new ServiceNotify(callback);

  private @Nullable ServiceHandle handle;
  private boolean asked;
  private boolean arrived;
  private boolean ended;
  private boolean letGo;
  private volatile boolean cancelled;

  /**
   * @param released called once, when the handle is closed for good
   */
  WatchedService(
      @Nullable String machine, String service, StatusListener listener, Runnable released) {
    this.machine = machine;
    this.service = service;
    this.listener = listener;
    this.released = released;
  }

  /** Ends the notifications; may be called from any thread. */
  void cancel() {
    cancelled = true;
  }

  boolean isOver() {
    return ended || cancelled;
  }

  /** Whether {@link #deliver} or {@link #ask} have something to do. */
  boolean isDue() {
    return arrived || !asked || isOver();
  }

  /**
   * Runs inside the SCM's APC. Microsoft's page warns of SCM calls from there, so the notification
   * is only stored.
   */
  private void arrived() {
    buffer.read();
    arrived = true;
  }

  /** Passes a stored notification to the listener. */
  void deliver() {
    if (!arrived || isOver()) {
      return;
    }
    arrived = false;
    asked = false;
    switch (buffer.dwNotificationStatus) {
      case WinError.ERROR_SUCCESS -> deliverStatus();
      case Win32Error.SERVICE_NOTIFY_CLIENT_LAGGING -> closeHandle();
      default -> end(buffer.dwNotificationStatus);
    }
  }

  private void deliverStatus() {
    SERVICE_STATUS_PROCESS status = buffer.ServiceStatus;
    if ((buffer.dwNotificationTriggered & Advapi32.SERVICE_NOTIFY_STATES) != 0) {
      try {
        listener.changed(service, ScmServices.status(status));
      } catch (AccessException.Malformed e) {
        end(e);
        return;
      }
    }
    if ((buffer.dwNotificationTriggered & Advapi32.SERVICE_NOTIFY_DELETE_PENDING) != 0) {
      end(Win32Error.SERVICE_MARKED_FOR_DELETE);
    }
  }

  /** Asks for the next notification, unless one is outstanding. */
  void ask() {
    int lagging = 0;
    while (!asked && !isOver()) {
      ServiceHandle open = open();
      if (open == null) {
        return;
      }
      buffer.write();
      int code = ADVAPI32.NotifyServiceStatusChangeW(open.handle(), MASK, buffer);
      if (code == WinError.ERROR_SUCCESS) {
        asked = true;
      } else if (code == Win32Error.SERVICE_NOTIFY_CLIENT_LAGGING && lagging < MAX_REOPENED) {
        lagging++;
        closeHandle();
      } else {
        end(code);
      }
    }
  }

  private @Nullable ServiceHandle open() {
    if (handle == null) {
      // A new handle of the SCM each time, which Microsoft's page demands after 1294.
      try (ServiceManager manager = new ServiceManager(machine)) {
        handle = manager.open(service, ServiceRight.SERVICE_QUERY_STATUS).orElse(null);
      } catch (AccessException e) {
        end(e);
        return null;
      }
      if (handle == null) {
        end(
            Win32Errors.failed(
                "OpenService " + service, Win32Error.SERVICE_DOES_NOT_EXIST, right()));
      }
    }
    return handle;
  }

  private void end(int code) {
    String call = "NotifyServiceStatusChange " + service;
    AccessException why = Win32Errors.failed(call, code, right());
    end(
        NOT_SERVED.contains(code)
            ? new AccessException.Unsupported(String.valueOf(why.getMessage()))
            : why);
  }

  /** Closes the handle first, since an open one keeps a deleted service from being removed. */
  private void end(AccessException why) {
    ended = true;
    release();
    listener.ended(service, why);
  }

  /** Ends the watch because the notification thread has failed. */
  void abandon() {
    end(new AccessException.Missing("the notification thread failed, see the log"));
  }

  private String right() {
    return ServiceRight.SERVICE_QUERY_STATUS.on(service);
  }

  /** Closes the handle for good; a second call has no effect. */
  void release() {
    closeHandle();
    if (!letGo) {
      letGo = true;
      released.run();
    }
  }

  private void closeHandle() {
    if (handle != null) {
      handle.close();
      handle = null;
    }
  }
}
