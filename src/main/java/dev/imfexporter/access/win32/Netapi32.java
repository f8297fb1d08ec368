package dev.imfexporter.access.win32;

import com.sun.jna.Native;
import com.sun.jna.ptr.PointerByReference;
import com.sun.jna.win32.W32APIOptions;

/** netapi32.dll: the functions that jna-platform has, and those that it lacks. */
interface Netapi32 extends com.sun.jna.platform.win32.Netapi32 {
  /** Loaded at the first call to another machine. */
  final class Library {
    static final Netapi32 NETAPI32 =
        Native.load("netapi32", Netapi32.class, W32APIOptions.DEFAULT_OPTIONS);

    private Library() {}
  }

  /**
   * Asks a machine for its time (<a
   * href="https://learn.microsoft.com/windows/win32/api/lmremutl/nf-lmremutl-netremotetod">page</a>
   * ).
   *
   * @param buffer gets a TIME_OF_DAY_INFO, to be given back with NetApiBufferFree
   * @return a system error code
   */
  int NetRemoteTOD(String machine, PointerByReference buffer);
}
