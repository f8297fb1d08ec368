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
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * HKEY_PERFORMANCE_DATA of this or another machine. Do not call it for SMTP while SMTPSVC is not
 * running: Windows loads the providers into this process (for another machine, into its registry
 * service), and they may hang for ever with inetinfo.exe. Thread-safe: the queries of one machine
 * run one after the other, since providers expect one caller, and closing the key unloads them also
 * for a query that is under way.
 */
final class Win32PerformanceData implements PerformanceData {
  private static final int FIRST_BYTES = 64 * 1024;

  /** Far above what any set of providers answers: a host with 1,000 processes stays below 2 MiB. */
  private static final int MAX_BYTES = 16 * 1024 * 1024;

  /** Until a query fails that waits for another one. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** For this machine: its predefined key and its providers belong to the whole process. */
  private static final ReentrantLock PROCESS = new ReentrantLock(true);

  private final @Nullable String machine;
  private final ReentrantLock lock;
  private int room = FIRST_BYTES;

  /**
   * @param machine {@code \\name}, or null for this machine
   */
  Win32PerformanceData(@Nullable String machine) {
    this.machine = machine;
    this.lock = machine == null ? PROCESS : new ReentrantLock(true);
  }

  @Override
  public byte[] query(String value) throws AccessException {
    if (!acquired()) {
      throw Win32Errors.failedWithCure(
          call(value),
          Win32Error.TIMEOUT,
          "An earlier query has not returned within "
              + PATIENCE.toSeconds()
              + " s: a provider of performance data hangs");
    }
    try {
      return queryAlone(value);
    } finally {
      lock.unlock();
    }
  }

  private boolean acquired() {
    try {
      return lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String call(String value) {
    return "RegQueryValueEx HKEY_PERFORMANCE_DATA \"" + value + "\"";
  }

  private byte[] queryAlone(String value) throws AccessException {
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
