package dev.imfexporter.access.win32;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.win32.W32APIOptions;

/** psapi.dll: the functions that jna-platform has, and those that it lacks. */
interface Psapi extends com.sun.jna.platform.win32.Psapi {
  /** Loaded at the first call for a process. */
  final class Library {
    static final Psapi PSAPI = Native.load("psapi", Psapi.class, W32APIOptions.UNICODE_OPTIONS);

    private Library() {}
  }

  /** Modules of 32 and of 64 bits. */
  int LIST_MODULES_ALL = 3;

  /**
   * Lists the modules of a process (<a
   * href="https://learn.microsoft.com/windows/win32/api/psapi/nf-psapi-enumprocessmodulesex">page
   * </a>).
   *
   * @param modules gets their handles, as many as fit
   * @param needed gets the bytes of all of them
   */
  boolean EnumProcessModulesEx(
      HANDLE process, Pointer modules, int bytes, IntByReference needed, int filter);
}
