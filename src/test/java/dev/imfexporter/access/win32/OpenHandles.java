package dev.imfexporter.access.win32;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.win32.StdCallLibrary;

/** What this process has open, for tests that look for leaks. */
final class OpenHandles {
  private static final int SYSTEM_EXTENDED_HANDLE_INFORMATION = 64;
  private static final int STATUS_INFO_LENGTH_MISMATCH = 0xC0000004;
  private static final int HEADER = 16;
  private static final int ENTRY = 40;
  private static final int PROCESS_ID = 8;

  private OpenHandles() {}

  private interface Ntdll extends StdCallLibrary {
    Ntdll NTDLL = Native.load("ntdll", Ntdll.class);

    int NtQuerySystemInformation(int kind, Pointer buffer, int size, IntByReference needed);
  }

  private interface BedAdvapi32 extends StdCallLibrary {
    BedAdvapi32 BED = Native.load("advapi32", BedAdvapi32.class);

    int BedOpenHandles();
  }

  /** Registry keys and handles of the SCM and its services, as the bed's advapi32 counts them. */
  static int ofRegistryAndServices() {
    return BedAdvapi32.BED.BedOpenHandles();
  }

  /**
   * Everything that the kernel counts: files, events, threads, registry keys. The JVM's own come
   * and go.
   */
  static int ofKernel() {
    int size = 1 << 16;
    while (true) {
      try (Memory buffer = new Memory(size)) {
        int status =
            Ntdll.NTDLL.NtQuerySystemInformation(
                SYSTEM_EXTENDED_HANDLE_INFORMATION, buffer, size, new IntByReference());
        if (status == 0) {
          return count(buffer);
        }
        if (status != STATUS_INFO_LENGTH_MISMATCH) {
          throw new IllegalStateException(Integer.toHexString(status));
        }
        size *= 2;
      }
    }
  }

  private static int count(Memory handles) {
    long self = Kernel32.INSTANCE.GetCurrentProcessId();
    int count = 0;
    for (long i = 0; i < handles.getLong(0); i++) {
      if (handles.getLong(HEADER + i * ENTRY + PROCESS_ID) == self) {
        count++;
      }
    }
    return count;
  }
}
