package dev.imfexporter.access.win32;

import static dev.imfexporter.access.win32.Kernel32.KERNEL32;

import com.sun.jna.platform.win32.WinNT.HANDLE;
import dev.imfexporter.access.AccessException;

/**
 * An event object that wakes one thread and resets itself (<a
 * href="https://learn.microsoft.com/windows/win32/sync/event-objects">page</a>). Thread-safe except
 * for {@link #close}.
 */
final class EventHandle implements AutoCloseable {
  private final HANDLE handle;

  private EventHandle(HANDLE handle) {
    this.handle = handle;
  }

  static EventHandle create() throws AccessException {
    HANDLE handle = KERNEL32.CreateEvent(null, false, false, null);
    if (handle == null) {
      throw Win32Errors.lastError("CreateEvent", "the right to create events");
    }
    return new EventHandle(handle);
  }

  HANDLE handle() {
    return handle;
  }

  void set() {
    KERNEL32.SetEvent(handle);
  }

  @Override
  public void close() {
    KERNEL32.CloseHandle(handle);
  }
}
