package dev.imfexporter.access.win32;

import static dev.imfexporter.access.win32.Advapi32.ADVAPI32;

import com.sun.jna.platform.win32.WinError;
import com.sun.jna.platform.win32.Winsvc.SERVICE_STATUS_PROCESS;
import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.StatusListener;
import dev.imfexporter.access.Win32Error;
import dev.imfexporter.access.win32.Advapi32.ServiceNotify;
import dev.imfexporter.access.win32.ServiceHandle.Right;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One service that the notification thread watches: its handle, and the buffer that the SCM writes
 * into. Confined to that thread, but for {@link #cancel}.
 */
final class WatchedService {
  private static final int MASK =
      Advapi32.SERVICE_NOTIFY_STATES | Advapi32.SERVICE_NOTIFY_DELETE_PENDING;

  /** Fresh handles tried in a row when the SCM says that we lag behind. */
  private static final int MAX_REOPENED = 3;

  /**
   * What a machine answers that does not have the call, as Windows before Vista does not: 50
   * ERROR_NOT_SUPPORTED, 120 ERROR_CALL_NOT_IMPLEMENTED, 1745 RPC_S_PROCNUM_OUT_OF_RANGE.
   */
  private static final Set<Integer> NOT_SERVED = Set.of(50, 120, 1745);

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

  /** From any thread: no more notifications are wanted. */
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
   * Runs inside the SCM's APC. Microsoft's page warns of SCM calls from there, so what came is only
   * kept.
   */
  private void arrived() {
    buffer.read();
    arrived = true;
  }

  /** Tells the listener what came. */
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
      // A fresh handle of the SCM each time: after 1294, Microsoft's page asks for that.
      try (ServiceManager manager = new ServiceManager(machine)) {
        handle = manager.open(service, Right.SERVICE_QUERY_STATUS).orElse(null);
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

  /** Closes the handle before anyone hears of it: it keeps a deleted service from going. */
  private void end(AccessException why) {
    ended = true;
    release();
    listener.ended(service, why);
  }

  /** Ends what cannot be watched any more for a reason of our own. */
  void abandon() {
    end(new AccessException.Missing("the notification thread failed, see the log"));
  }

  private String right() {
    return Right.SERVICE_QUERY_STATUS.on(service);
  }

  /** Closes the handle for good; harmless again. */
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
