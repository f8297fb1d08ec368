package dev.imfexporter.access;

import dev.imfexporter.text.HasWord;

/** Why something could not be read, in the few words that metrics count by. */
public enum ErrorReason implements HasWord {
  /** The host does not know the account, or not with this password. */
  AUTH,
  /** The account may not do what was asked. */
  RIGHTS,
  TIMEOUT,
  REFUSED,
  UNREACHABLE,
  DNS,
  /** The host answered with what is no answer, or with bytes that break their format. */
  PROTOCOL,
  /** The host does not have or does not run what should be there. */
  MISSING,
  /** Any other error of the host, or of this program. */
  OTHER;

  /** Win32 error codes (winerror.h). */
  private static final int BAD_NETPATH = 53;

  private static final int SEM_TIMEOUT = 121;
  private static final int LOGON_FAILURE = 1326;
  private static final int TIMED_OUT = 1460;
  private static final int RPC_SERVER_UNAVAILABLE = 1722;
  private static final int ACCOUNT_LOCKED_OUT = 1909;

  static ErrorReason of(Win32Error error) {
    return switch (error.code()) {
      case Win32Error.ACCESS_DENIED -> RIGHTS;
      case Win32Error.FILE_NOT_FOUND, Win32Error.PATH_NOT_FOUND, Win32Error.BAD_NET_NAME -> MISSING;
      case BAD_NETPATH, RPC_SERVER_UNAVAILABLE -> UNREACHABLE;
      case SEM_TIMEOUT, TIMED_OUT -> TIMEOUT;
      case LOGON_FAILURE, ACCOUNT_LOCKED_OUT -> AUTH;
      default -> OTHER;
    };
  }
}
