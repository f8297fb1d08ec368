package dev.imfexporter.access.win32;

import static dev.imfexporter.access.win32.Advapi32.ADVAPI32;

import com.sun.jna.platform.win32.Winsvc.SC_HANDLE;

/**
 * An open handle of a service. While it is open, a deleted service stays marked for deletion and
 * cannot be installed again, so close it right after the call. Not thread-safe.
 */
final class ServiceHandle implements AutoCloseable {
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
