package dev.imfexporter.access.win32;

import static dev.imfexporter.access.win32.Advapi32.ADVAPI32;

import com.sun.jna.Memory;
import com.sun.jna.platform.win32.WinError;
import com.sun.jna.platform.win32.WinReg;
import com.sun.jna.platform.win32.WinReg.HKEY;
import com.sun.jna.ptr.IntByReference;
import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.PerformanceData;
import dev.imfexporter.access.Win32Error;
import org.jspecify.annotations.Nullable;

/**
 * HKEY_PERFORMANCE_DATA of this or another machine. Call it from one thread at a time, and not for
 * SMTP while SMTPSVC is not running: Windows loads the providers into this process (for another
 * machine, into its registry service); they expect one caller, and may hang for ever with
 * inetinfo.exe.
 */
final class Win32PerformanceData implements PerformanceData {
  private static final int FIRST_BYTES = 64 * 1024;

  /** Far above what any set of providers answers: a host with 1,000 processes stays below 2 MiB. */
  private static final int MAX_BYTES = 16 * 1024 * 1024;

  private final @Nullable String machine;
  private volatile int room = FIRST_BYTES;

  /**
   * @param machine {@code \\name}, or null for this machine
   */
  Win32PerformanceData(@Nullable String machine) {
    this.machine = machine;
  }

  @Override
  public byte[] query(String value) throws AccessException {
    HKEY key =
        machine == null
            ? WinReg.HKEY_PERFORMANCE_DATA
            : RegistryKey.connect(machine, WinReg.HKEY_PERFORMANCE_DATA);
    try {
      return query(key, value);
    } finally {
      // Also for the predefined key of this machine: closing it unloads the providers.
      ADVAPI32.RegCloseKey(key);
    }
  }

  /** Doubles the buffer, since with ERROR_MORE_DATA this key leaves the size undefined. */
  private byte[] query(HKEY key, String value) throws AccessException {
    while (true) {
      int size = room;
      try (Memory buffer = new Memory(size)) {
        IntByReference used = new IntByReference(size);
        int code = ADVAPI32.RegQueryValueEx(key, value, 0, null, buffer, used);
        if (code == WinError.ERROR_SUCCESS) {
          return buffer.getByteArray(0, Math.min(size, used.getValue()));
        }
        if (code != Win32Error.MORE_DATA) {
          throw Win32Errors.failed(
              "RegQueryValueEx HKEY_PERFORMANCE_DATA \"" + value + "\"",
              code,
              "membership in the group Performance Monitor Users");
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
