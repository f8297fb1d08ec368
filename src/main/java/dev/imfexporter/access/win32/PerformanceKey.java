package dev.imfexporter.access.win32;

import static dev.imfexporter.access.win32.Advapi32.ADVAPI32;

import com.sun.jna.Memory;
import com.sun.jna.platform.win32.WinError;
import com.sun.jna.platform.win32.WinReg;
import com.sun.jna.platform.win32.WinReg.HKEY;
import com.sun.jna.ptr.IntByReference;
import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Win32Error;
import org.jspecify.annotations.Nullable;

/**
 * HKEY_PERFORMANCE_DATA of this or another machine. The first query opens it and loads the
 * providers. Not thread-safe.
 */
final class PerformanceKey implements Win32PerformanceData.Key {
  private static final int FIRST_BYTES = 64 * 1024;

  /** Far above what any set of providers answers: a host with 1,000 processes stays below 2 MiB. */
  private static final int MAX_BYTES = 16 * 1024 * 1024;

  private final @Nullable String machine;
  private @Nullable HKEY key;
  private int room = FIRST_BYTES;

  /**
   * @param machine {@code \\name}, or null for this machine
   */
  PerformanceKey(@Nullable String machine) {
    this.machine = machine;
  }

  @Override
  public byte[] query(String value) throws AccessException {
    HKEY open = key;
    if (open == null) {
      open =
          machine == null
              ? WinReg.HKEY_PERFORMANCE_DATA
              : RegistryKey.connect(machine, WinReg.HKEY_PERFORMANCE_DATA);
      key = open;
    }
    return query(open, value);
  }

  /** Also closes the predefined key of this machine, which unloads the providers. */
  @Override
  public void close() {
    HKEY open = key;
    key = null;
    if (open != null) {
      ADVAPI32.RegCloseKey(open);
    }
  }

  static String call(String value) {
    return "RegQueryValueEx HKEY_PERFORMANCE_DATA \"" + value + "\"";
  }

  /** Doubles the buffer, since with ERROR_MORE_DATA this key leaves the size undefined. */
  private byte[] query(HKEY open, String value) throws AccessException {
    while (true) {
      int size = room;
      try (Memory buffer = new Memory(size)) {
        IntByReference used = new IntByReference(size);
        int code = ADVAPI32.RegQueryValueEx(open, value, 0, null, buffer, used);
        if (code == WinError.ERROR_SUCCESS) {
          return buffer.getByteArray(0, Math.min(size, used.getValue()));
        }
        if (code != Win32Error.MORE_DATA) {
          throw Win32Errors.failed(
              call(value), code, "membership in the group Performance Monitor Users");
        }
        if (size >= MAX_BYTES) {
          throw new AccessException.Malformed(
              "The performance data of \"" + value + "\" is larger than " + MAX_BYTES + " bytes");
        }
        room = Math.min(MAX_BYTES, 2 * size);
      }
    }
  }
}
