package dev.imfexporter.access;

import dev.imfexporter.text.HasWord;

/** Why something could not be read: the few classes of failures that metrics count. */
public enum ErrorReason implements HasWord {
  /** The host refused the account or its password. */
  AUTH,
  /** The account may not do what was asked. */
  RIGHTS,
  TIMEOUT,
  REFUSED,
  UNREACHABLE,
  DNS,
  /** The host sent bytes that break the protocol or their format. */
  PROTOCOL,
  /** An answer was not signed or encrypted as the session requires. */
  TAMPERING,
  /** The host does not have, or does not run, what should be there. */
  MISSING,
  /** Any other error of the host, or of this program. */
  OTHER;

  static ErrorReason of(Win32Error error) {
    return switch (error.code()) {
      case Win32Error.ACCESS_DENIED -> RIGHTS;
      case Win32Error.FILE_NOT_FOUND, Win32Error.PATH_NOT_FOUND, Win32Error.BAD_NET_NAME -> MISSING;
      case Win32Error.BAD_NETPATH, Win32Error.RPC_SERVER_UNAVAILABLE -> UNREACHABLE;
      case Win32Error.SEM_TIMEOUT, Win32Error.TIMEOUT -> TIMEOUT;
      case Win32Error.LOGON_FAILURE, Win32Error.ACCOUNT_LOCKED_OUT -> AUTH;
      default -> OTHER;
    };
  }
}
