package dev.imfexporter.access.win32;

import static dev.imfexporter.access.win32.Advapi32.ADVAPI32;

import com.sun.jna.platform.win32.Winsvc;
import com.sun.jna.platform.win32.Winsvc.SC_HANDLE;
import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.CallFailed;
import dev.imfexporter.access.Win32Error;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An open handle of a service. While it is open, a deleted service stays marked for deletion and
 * cannot be installed again, so it is closed as soon as its question is answered. Not thread-safe.
 */
final class ServiceHandle implements AutoCloseable {
  /**
   * What a handle may be used for (<a
   * href="https://learn.microsoft.com/windows/win32/services/service-security-and-access-rights">
   * page</a>).
   */
  enum Right {
    SERVICE_QUERY_CONFIG(Winsvc.SERVICE_QUERY_CONFIG),
    SERVICE_QUERY_STATUS(Winsvc.SERVICE_QUERY_STATUS),
    SERVICE_ENUMERATE_DEPENDENTS(Winsvc.SERVICE_ENUMERATE_DEPENDENTS);

    private final int mask;

    Right(int mask) {
      this.mask = mask;
    }
  }

  private final SC_HANDLE handle;
  private boolean closed;

  private ServiceHandle(SC_HANDLE handle) {
    this.handle = handle;
  }

  /**
   * Opens a service with one right.
   *
   * @param machine {@code \\name}, or null for this machine
   * @return empty when no such service is installed
   */
  static Optional<ServiceHandle> open(@Nullable String machine, String service, Right right)
      throws AccessException {
    SC_HANDLE manager = ADVAPI32.OpenSCManager(machine, null, Winsvc.SC_MANAGER_CONNECT);
    if (manager == null) {
      throw Win32Errors.lastError(
          machine == null ? "OpenSCManager" : "OpenSCManager " + machine,
          "SC_MANAGER_CONNECT on the Service Control Manager, which remote callers have by default"
              + " only as administrators");
    }
    try {
      SC_HANDLE handle = ADVAPI32.OpenService(manager, service, right.mask);
      if (handle != null) {
        return Optional.of(new ServiceHandle(handle));
      }
      CallFailed failure =
          Win32Errors.lastError("OpenService " + service, right + " on the service " + service);
      if (failure.error().code() == Win32Error.SERVICE_DOES_NOT_EXIST) {
        return Optional.empty();
      }
      throw failure;
    } finally {
      ADVAPI32.CloseServiceHandle(manager);
    }
  }

  SC_HANDLE handle() {
    return handle;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      ADVAPI32.CloseServiceHandle(handle);
    }
  }
}
