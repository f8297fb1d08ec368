package dev.imfexporter.access.win32;

import static dev.imfexporter.access.win32.Advapi32.ADVAPI32;

import com.sun.jna.platform.win32.WinError;
import com.sun.jna.platform.win32.Winsvc.SERVICE_STATUS_PROCESS;
import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.ServiceRight;
import dev.imfexporter.access.StatusListener;
import dev.imfexporter.access.Win32Error;
import dev.imfexporter.access.win32.Advapi32.ServiceNotify;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One service that the notification thread watches: its handle, and the request that is open on it.
 * Used by that thread only, except for {@link #cancel}.
 */
final class WatchedService {
  private static final int MASK =
      Advapi32.SERVICE_NOTIFY_STATES | Advapi32.SERVICE_NOTIFY_DELETE_PENDING;

  /** How many new handles are tried in a row after SERVICE_NOTIFY_CLIENT_LAGGING. */
  private static final int MAX_REOPENED = 3;

  /** Unanswered requests that are kept, of a few hundred bytes each. */
  private static final int MAX_ABANDONED = 256;

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

  /** What {@link #closeHandle} left to an unanswered request of a handle that is closed. */
  private static final Deque<Request> ABANDONED = new ArrayDeque<>();

  private Request request = new Request();
  private @Nullable ServiceHandle handle;
  private boolean asked;
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
    return request.arrived || !asked || isOver();
  }

  /** Passes a stored notification to the listener. */
  void deliver() {
    if (!request.arrived || isOver()) {
      return;
    }
    ServiceNotify buffer = request.buffer;
    request.arrived = false;
    asked = false;
    switch (buffer.dwNotificationStatus) {
      case WinError.ERROR_SUCCESS -> deliverStatus(buffer);
      case Win32Error.SERVICE_NOTIFY_CLIENT_LAGGING -> closeHandle();
      default -> end(buffer.dwNotificationStatus);
    }
  }

  private void deliverStatus(ServiceNotify buffer) {
    SERVICE_STATUS_PROCESS status = buffer.ServiceStatus;
    if ((buffer.dwNotificationTriggered & Advapi32.SERVICE_NOTIFY_STATES) != 0) {
      try {
        TriggeredStates.of(buffer.dwNotificationTriggered, ScmServices.status(status))
            .forEach(passed -> listener.changed(service, passed));
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
      request.buffer.write();
      int code = ADVAPI32.NotifyServiceStatusChangeW(open.handle(), MASK, request.buffer);
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
    if (handle == null) {
      return;
    }
    handle.close();
    handle = null;
    if (asked && !request.arrived) {
      keep(request);
      request = new Request();
      asked = false;
    }
  }

  private static void keep(Request unanswered) {
    synchronized (ABANDONED) {
      ABANDONED.add(unanswered);
      if (ABANDONED.size() > MAX_ABANDONED) {
        ABANDONED.remove();
      }
    }
  }

  /**
   * The buffer that the SCM writes into and the function that it calls. JNA frees both when nothing
   * refers to them any more, so a request that is unanswered is kept: an answer may still be on its
   * way when its handle is closed.
   */
  private static final class Request {
    private final ServiceNotify buffer;
    private boolean arrived;

    Request() {
      buffer = new ServiceNotify(memory -> arrived());
    }

    /**
     * Runs inside the SCM's APC. Microsoft's page warns of SCM calls from there, so the
     * notification is only stored.
     */
    private void arrived() {
      buffer.read();
      arrived = true;
    }
  }
}
