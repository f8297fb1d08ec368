package dev.imfexporter.access.win32;

import static dev.imfexporter.access.win32.Advapi32.ADVAPI32;

import com.sun.jna.platform.win32.Winsvc;
import com.sun.jna.platform.win32.Winsvc.SC_HANDLE;
import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.CallFailed;
import dev.imfexporter.access.ServiceRight;
import dev.imfexporter.access.Win32Error;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens services of one machine. The handle of its Service Control Manager stays open between
 * calls: opening it takes longer than the calls, and it does not keep a service from being deleted.
 * Thread-safe.
 */
final class ServiceManager implements AutoCloseable {
  private final @Nullable String machine;
  private @Nullable Session current;
  private boolean closed;

  /**
   * @param machine {@code \\name}, or null for this machine
   */
  ServiceManager(@Nullable String machine) {
    this.machine = machine;
  }

  /**
   * Opens a service with one right.
   *
   * @return empty when no such service is installed
   */
  Optional<ServiceHandle> open(String service, ServiceRight right) throws AccessException {
    Session kept = kept();
    if (kept != null) {
      try {
        return open(kept, service, right);
      } catch (CallFailed e) {
        if (e.error().code() == Win32Error.ACCESS_DENIED) {
          throw e;
        }
        // The handle may be invalid since a restart of the machine: try once more with a new one.
      }
    }
    return open(connect(), service, right);
  }

  private Optional<ServiceHandle> open(Session session, String service, ServiceRight right)
      throws CallFailed {
    boolean answered = false;
    try {
      SC_HANDLE handle = ADVAPI32.OpenService(session.handle, service, right.mask());
      if (handle != null) {
        answered = true;
        return Optional.of(new ServiceHandle(handle));
      }
      CallFailed failure = Win32Errors.lastError("OpenService " + service, right.on(service));
      int code = failure.error().code();
      answered = code == Win32Error.SERVICE_DOES_NOT_EXIST || code == Win32Error.ACCESS_DENIED;
      if (code == Win32Error.SERVICE_DOES_NOT_EXIST) {
        return Optional.empty();
      }
      throw failure;
    } finally {
      release(session, answered);
    }
  }

  private synchronized @Nullable Session kept() {
    if (closed) {
      throw new IllegalStateException("This access is closed");
    }
    if (current != null) {
      current.users++;
    }
    return current;
  }

  /** Called without the lock, since the machine may not answer for a long time. */
  private Session connect() throws AccessException {
    SC_HANDLE handle = ADVAPI32.OpenSCManager(machine, null, Winsvc.SC_MANAGER_CONNECT);
    if (handle == null) {
      throw Win32Errors.lastError(
          machine == null ? "OpenSCManager" : "OpenSCManager " + machine,
          "SC_MANAGER_CONNECT on the Service Control Manager, which remote callers have by default"
              + " only as administrators");
    }
    Session fresh = new Session(handle);
    synchronized (this) {
      if (current == null && !closed) {
        current = fresh;
      }
    }
    return fresh;
  }

  private void release(Session session, boolean keep) {
    boolean unused;
    synchronized (this) {
      if (!keep && current == session) {
        current = null;
      }
      session.users--;
      unused = session.users == 0 && current != session;
    }
    if (unused) {
      ADVAPI32.CloseServiceHandle(session.handle);
    }
  }

  /** Calls under way end first; the last of them closes the handle. */
  @Override
  public void close() {
    Session last;
    synchronized (this) {
      closed = true;
      last = current;
      current = null;
      if (last == null || last.users > 0) {
        return;
      }
    }
    ADVAPI32.CloseServiceHandle(last.handle);
  }

  /** An open handle of the SCM, and how many calls use it now. */
  private static final class Session {
    private final SC_HANDLE handle;
    private int users = 1;

    private Session(SC_HANDLE handle) {
      this.handle = handle;
    }
  }
}
