package dev.imfexporter.access.win32;

import static dev.imfexporter.access.win32.Advapi32.ADVAPI32;

import com.sun.jna.platform.win32.Winsvc;
import com.sun.jna.platform.win32.Winsvc.SC_HANDLE;

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

    int mask() {
      return mask;
    }

    /** What an account must be granted. */
    String on(String service) {
      return name() + " on the service " + service;
    }
  }

  private final SC_HANDLE handle;
  private boolean closed;

  ServiceHandle(SC_HANDLE handle) {
    this.handle = handle;
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
