package dev.imfexporter.access.win32;

import com.sun.jna.Native;
import com.sun.jna.win32.W32APIOptions;

/** kernel32.dll: the functions that jna-platform has, and those that it lacks. */
interface Kernel32 extends com.sun.jna.platform.win32.Kernel32 {
  Kernel32 KERNEL32 = Native.load("kernel32", Kernel32.class, W32APIOptions.UNICODE_OPTIONS);

  /**
   * Waits for an object or, when alertable, until APCs of this thread have run (<a
   * href="https://learn.microsoft.com/windows/win32/api/synchapi/nf-synchapi-waitforsingleobjectex">
   * page</a>).
   *
   * @return 0 the object is signaled, 0x102 timeout, 0xC0 APCs ran, -1 see the last error
   */
  int WaitForSingleObjectEx(HANDLE object, int milliseconds, boolean alertable);

  /**
   * Sleeps or, when alertable, until APCs of this thread have run; with 0 ms, just runs those that
   * are queued (<a
   * href="https://learn.microsoft.com/windows/win32/api/synchapi/nf-synchapi-sleepex">page</a>).
   */
  int SleepEx(int milliseconds, boolean alertable);
}
