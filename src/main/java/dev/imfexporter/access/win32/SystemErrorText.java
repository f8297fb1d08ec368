package dev.imfexporter.access.win32;

import com.sun.jna.LastErrorException;
import com.sun.jna.platform.win32.Kernel32Util;

/**
 * What Windows says of a <a
 * href="https://learn.microsoft.com/windows/win32/debug/system-error-codes">system error code</a>.
 */
public final class SystemErrorText {
  private SystemErrorText() {}

  /** In the language of Windows, without a full stop or line end. */
  public static String of(int code) {
    try {
      return Kernel32Util.formatMessage(code).strip().replaceAll("\\.$", "");
    } catch (LastErrorException noText) {
      return "the system has no text for this error";
    }
  }
}
