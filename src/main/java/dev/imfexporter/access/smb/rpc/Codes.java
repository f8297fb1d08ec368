package dev.imfexporter.access.smb.rpc;

import dev.imfexporter.access.AccessException.CallFailed;
import dev.imfexporter.access.Win32Error;

/** The one place where the code that an operation returned becomes an exception. */
final class Codes {
  private static final int SERVICE_DISABLED = 1058;
  private static final int SHUTDOWN_IN_PROGRESS = 1115;
  private static final int NOT_SUPPORTED = 50;
  private static final int INVALID_HANDLE = 6;
  private static final int EVENTLOG_CANT_START = 1501;

  private Codes() {}

  /**
   * @param right what the account must be granted when it is denied
   */
  static CallFailed failed(String call, int code, String right) {
    Win32Error error = new Win32Error(call, code, text(code));
    return code == Win32Error.ACCESS_DENIED
        ? new CallFailed(error, "The account needs " + right)
        : new CallFailed(error);
  }

  /** MS-ERREF 2.3.1: the Win32 code that stands for an NTSTATUS, as Windows' own client has it. */
  static int win32(int status) {
    return switch (status) {
      case 0 -> 0;
      case 0xc0000011 -> Win32Error.HANDLE_EOF;
      case 0xc0000022 -> Win32Error.ACCESS_DENIED;
      case 0xc0000023 -> Win32Error.INSUFFICIENT_BUFFER;
      case 0xc000000d -> Win32Error.INVALID_PARAMETER;
      case 0xc0000008 -> INVALID_HANDLE;
      case 0xc0000034 -> Win32Error.FILE_NOT_FOUND;
      case 0xc0000039 -> Win32Error.PATH_NOT_FOUND;
      case 0xc00000bb -> NOT_SUPPORTED;
      case 0xc000018e -> EVENTLOG_CANT_START;
      case 0xc0000197 -> Win32Error.EVENTLOG_FILE_CHANGED;
      default -> status;
    };
  }

  /** English, of Microsoft's list; this program may run where no Windows is. */
  private static String text(int code) {
    return switch (code) {
      case Win32Error.FILE_NOT_FOUND -> "The system cannot find the file specified";
      case Win32Error.PATH_NOT_FOUND -> "The system cannot find the path specified";
      case Win32Error.ACCESS_DENIED -> "Access is denied";
      case INVALID_HANDLE -> "The handle is invalid";
      case NOT_SUPPORTED -> "The request is not supported";
      case Win32Error.INVALID_PARAMETER -> "The parameter is incorrect";
      case Win32Error.INSUFFICIENT_BUFFER -> "The data area passed to a call is too small";
      case Win32Error.MORE_DATA -> "More data is available";
      case SERVICE_DISABLED -> "The service cannot be started because it is disabled";
      case Win32Error.SERVICE_DOES_NOT_EXIST -> "The specified service does not exist";
      case Win32Error.SERVICE_MARKED_FOR_DELETE -> "The service has been marked for deletion";
      case SHUTDOWN_IN_PROGRESS -> "A system shutdown is in progress";
      case EVENTLOG_CANT_START -> "No event log file could be opened";
      case Win32Error.EVENTLOG_FILE_CHANGED -> "The event log file has changed between reads";
      default -> String.format("error 0x%08x", code);
    };
  }
}
