package dev.imfexporter.winservice;

import com.sun.jna.Native;
import com.sun.jna.platform.win32.WinError;
import dev.imfexporter.access.win32.SystemErrorText;

/**
 * Windows refused what was asked of it; the message names the call, its error and the next step.
 */
public final class ServiceException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int code;

  private ServiceException(String message, int code) {
    super(message);
    this.code = code;
  }

  /** A failure that is no error of a system call. */
  static ServiceException because(String message) {
    return new ServiceException(message, 0);
  }

  /** The failure of a call that leaves its code as the thread's last error. */
  static ServiceException lastError(String call) {
    return of(call, Native.getLastError());
  }

  /**
   * The failure of a call.
   *
   * @param call the function and its subject
   * @param code a <a
   *     href="https://learn.microsoft.com/windows/win32/debug/system-error-codes">system error
   *     code</a>
   */
  static ServiceException of(String call, int code) {
    return new ServiceException(
        "%s failed: error %d, %s%s".formatted(call, code, SystemErrorText.of(code), nextStep(code)),
        code);
  }

  /** The system error code; 0 if it was no system call that failed. */
  int code() {
    return code;
  }

  private static String nextStep(int code) {
    return switch (code) {
      case WinError.ERROR_ACCESS_DENIED -> ". Run it in a prompt that was opened as administrator";
      case WinError.ERROR_SERVICE_EXISTS ->
          ". To install it with other flags, run imf-exporter service uninstall first";
      case WinError.ERROR_SERVICE_DOES_NOT_EXIST -> ". Run imf-exporter service install first";
      case WinError.ERROR_SERVICE_MARKED_FOR_DELETE ->
          ". It is deleted once every program that looks at services is closed, such as"
              + " services.msc; then try again";
      default -> "";
    };
  }
}
