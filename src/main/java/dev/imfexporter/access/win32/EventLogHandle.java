package dev.imfexporter.access.win32;

import static dev.imfexporter.access.win32.Advapi32.ADVAPI32;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.ptr.IntByReference;
import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.CallFailed;
import dev.imfexporter.access.EventLogReader.Range;
import dev.imfexporter.access.Win32Error;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An open handle of an event log. Not thread-safe. */
final class EventLogHandle implements AutoCloseable {
  private static final String RIGHT =
      "membership in the group Event Log Readers (on Windows Server 2003 the right to read in the"
          + " log's value CustomSD)";

  private final HANDLE handle;
  private final String name;
  private boolean closed;

  private EventLogHandle(HANDLE handle, String name) {
    this.handle = handle;
    this.name = name;
  }

  /**
   * @param machine {@code \\name}, or null for this machine
   */
  static EventLogHandle open(@Nullable String machine, String log) throws AccessException {
    String name = machine == null ? log : log + " of " + machine;
    HANDLE handle = ADVAPI32.OpenEventLog(machine, log);
    if (handle == null) {
      throw Win32Errors.lastError("OpenEventLog " + name, RIGHT);
    }
    return new EventLogHandle(handle, name);
  }

  /** Makes two calls: a record that is written or dropped between them may be counted or not. */
  Optional<Range> range() throws AccessException {
    IntByReference count = new IntByReference();
    if (!ADVAPI32.GetNumberOfEventLogRecords(handle, count)) {
      throw failed("GetNumberOfEventLogRecords", Native.getLastError());
    }
    if (count.getValue() == 0) {
      return Optional.empty();
    }
    IntByReference first = new IntByReference();
    if (!ADVAPI32.GetOldestEventLogRecord(handle, first)) {
      throw failed("GetOldestEventLogRecord", Native.getLastError());
    }
    long oldest = Integer.toUnsignedLong(first.getValue());
    return Optional.of(new Range(oldest, oldest + Integer.toUnsignedLong(count.getValue()) - 1));
  }

  /**
   * @param bytes how many were read; with ERROR_INSUFFICIENT_BUFFER, how many the next record needs
   */
  record Read(int code, int bytes) {}

  /**
   * ReadEventLog (<a
   * href="https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-readeventlogw">page</a>).
   */
  Read read(int flags, long number, Pointer buffer, int size) {
    IntByReference read = new IntByReference();
    IntByReference needed = new IntByReference();
    if (ADVAPI32.ReadEventLog(handle, flags, (int) number, buffer, size, read, needed)) {
      return new Read(0, read.getValue());
    }
    return new Read(Native.getLastError(), needed.getValue());
  }

  CallFailed failedToRead(int code) {
    return failed("ReadEventLog", code);
  }

  void notify(EventHandle event) throws AccessException {
    if (!ADVAPI32.NotifyChangeEventLog(handle, event.handle())) {
      throw failed("NotifyChangeEventLog", Native.getLastError());
    }
  }

  private CallFailed failed(String call, int code) {
    String subject = call + " " + name;
    return code == Win32Error.EVENTLOG_FILE_CHANGED
        ? Win32Errors.failedWithCure(
            subject, code, "The log was cleared or overwritten meanwhile: open it anew")
        : Win32Errors.failed(subject, code, RIGHT);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      ADVAPI32.CloseEventLog(handle);
    }
  }
}
