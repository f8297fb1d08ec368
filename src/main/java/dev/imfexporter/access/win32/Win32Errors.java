package dev.imfexporter.access.win32;

import com.sun.jna.Native;
import dev.imfexporter.access.AccessException.CallFailed;
import dev.imfexporter.access.Win32Error;

/** The one place where a system error code becomes an exception. */
final class Win32Errors {
  private Win32Errors() {}

  /**
   * The failure of a call that leaves its code as the thread's last error. No other native call may
   * come between.
   */
  static CallFailed lastError(String call, String rightNeeded) {
    return failed(call, Native.getLastError(), rightNeeded);
  }

  /**
   * @param call the function and its subject
   * @param rightNeeded what the account must be granted when the code is ERROR_ACCESS_DENIED, e.g.
   *     {@code SERVICE_QUERY_STATUS on the service SMTPSVC}
   */
  static CallFailed failed(String call, int code, String rightNeeded) {
    return CallFailed.needing(rightNeeded, new Win32Error(call, code, SystemErrorText.of(code)));
  }

  /** As {@link #failed(String, int, String)}, with a sentence that says what to do. */
  static CallFailed failedWithCure(String call, int code, String nextStep) {
    return new CallFailed(new Win32Error(call, code, SystemErrorText.of(code)), nextStep);
  }
}
