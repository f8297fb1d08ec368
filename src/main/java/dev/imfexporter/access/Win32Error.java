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
  public static final int FILE_NOT_FOUND = 2;
  public static final int PATH_NOT_FOUND = 3;
  public static final int ACCESS_DENIED = 5;
  public static final int HANDLE_EOF = 38;
  public static final int BAD_NET_NAME = 67;
  public static final int INVALID_PARAMETER = 87;
  public static final int INSUFFICIENT_BUFFER = 122;
  public static final int MORE_DATA = 234;
  public static final int PARTIAL_COPY = 299;
  public static final int SERVICE_DOES_NOT_EXIST = 1060;
  public static final int SERVICE_MARKED_FOR_DELETE = 1072;
  public static final int SERVICE_NOTIFY_CLIENT_LAGGING = 1294;

  /** An event log was cleared, or lost the records that came next, since it was opened. */
  public static final int EVENTLOG_FILE_CHANGED = 1503;

  @Override
  public String toString() {
    return call + " failed: " + text + " (" + code + ")";
  }
}
