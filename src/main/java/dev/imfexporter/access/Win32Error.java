package dev.imfexporter.access;

import java.io.Serializable;

/**
 * A Win32 error as the host gave it. SMB hosts answer the same calls with the same codes.
 *
 * @param call the function that failed and its subject, e.g. {@code OpenService SMTPSVC}
 * @param code the system error code (<a
 *     href="https://learn.microsoft.com/windows/win32/debug/system-error-codes">list</a>)
 * @param text the system's text for the code, without a trailing full stop or line end
 */
public record Win32Error(String call, int code, String text) implements Serializable {
  public static final int SUCCESS = 0;
  public static final int FILE_NOT_FOUND = 2;
  public static final int PATH_NOT_FOUND = 3;
  public static final int ACCESS_DENIED = 5;
  public static final int INVALID_HANDLE = 6;
  public static final int HANDLE_EOF = 38;
  public static final int NOT_SUPPORTED = 50;
  public static final int BAD_NETPATH = 53;
  public static final int BAD_NET_NAME = 67;
  public static final int INVALID_PARAMETER = 87;
  public static final int CALL_NOT_IMPLEMENTED = 120;
  public static final int SEM_TIMEOUT = 121;
  public static final int INSUFFICIENT_BUFFER = 122;
  public static final int INVALID_LEVEL = 124;
  public static final int MORE_DATA = 234;
  public static final int PARTIAL_COPY = 299;
  public static final int KEY_DELETED = 1018;
  public static final int SERVICE_DOES_NOT_EXIST = 1060;

  /** Exit code of a service that stopped with a code of its own. */
  public static final int SERVICE_SPECIFIC_ERROR = 1066;

  /** Exit code of a service whose process ended without reporting a stop. */
  public static final int PROCESS_ABORTED = 1067;

  public static final int SERVICE_MARKED_FOR_DELETE = 1072;

  /** Exit code of a service that has not run since the boot. */
  public static final int SERVICE_NEVER_STARTED = 1077;

  public static final int SHUTDOWN_IN_PROGRESS = 1115;
  public static final int SERVICE_NOTIFY_CLIENT_LAGGING = 1294;
  public static final int LOGON_FAILURE = 1326;
  public static final int TIMEOUT = 1460;
  public static final int EVENTLOG_CANT_START = 1501;

  /** An event log was cleared, or lost the records that came next, since it was opened. */
  public static final int EVENTLOG_FILE_CHANGED = 1503;

  public static final int RPC_SERVER_UNAVAILABLE = 1722;
  public static final int RPC_PROCNUM_OUT_OF_RANGE = 1745;
  public static final int ACCOUNT_LOCKED_OUT = 1909;

  /** An error with Microsoft's English text, for hosts that send no more than the code. */
  public static Win32Error of(String call, int code) {
    return new Win32Error(call, code, english(code));
  }

  /** Whether a code means that a registry key or value does not exist, or was just deleted. */
  public static boolean isMissingKey(int code) {
    return code == FILE_NOT_FOUND || code == PATH_NOT_FOUND || code == KEY_DELETED;
  }

  private static String english(int code) {
    return switch (code) {
      case FILE_NOT_FOUND -> "The system cannot find the file specified";
      case PATH_NOT_FOUND -> "The system cannot find the path specified";
      case ACCESS_DENIED -> "Access is denied";
      case INVALID_HANDLE -> "The handle is invalid";
      case NOT_SUPPORTED -> "The request is not supported";
      case INVALID_PARAMETER -> "The parameter is incorrect";
      case INSUFFICIENT_BUFFER -> "The data area passed to a call is too small";
      case MORE_DATA -> "More data is available";
      case SERVICE_DOES_NOT_EXIST -> "The specified service does not exist";
      case SERVICE_MARKED_FOR_DELETE -> "The service has been marked for deletion";
      case SHUTDOWN_IN_PROGRESS -> "A system shutdown is in progress";
      case EVENTLOG_CANT_START -> "No event log file could be opened";
      case EVENTLOG_FILE_CHANGED -> "The event log file has changed between reads";
      default -> String.format("error 0x%08x", code);
    };
  }

  @Override
  public String toString() {
    return call + " failed: " + text + " (" + code + ")";
  }
}
