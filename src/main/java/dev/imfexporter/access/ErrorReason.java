package dev.imfexporter.access;

import dev.imfexporter.text.HasMeaning;

/** Why something could not be read: the few classes of failures that metrics count. */
public enum ErrorReason implements HasMeaning {
  AUTH(
      "The host refused the account or its password; or the account is blocked after refusals, or"
          + " its password could not be read, so that the host was not asked."),
  RIGHTS("The host knows the account, which may not do what was asked: error 5, access denied."),
  TIMEOUT(
      "No answer came in time, or the time passed in waiting for a session or for other log-ins."),
  REFUSED(
      "The host refused the TCP connection: nothing listens there, or a firewall is in between."),
  UNREACHABLE(
      "No call comes through: there is no route, the connection was lost, or no RPC server answers."),
  DNS("The name of the host has no address."),
  PROTOCOL(
      "The host sent bytes that break the protocol or their format, or an error of the protocol"
          + " that has no other reason here."),
  TAMPERING("An answer was not signed or encrypted as the session requires."),
  MISSING(
      "What should be there is not: a file, a share, a pipe, a registry key, or a performance object"
          + " of a running service."),
  OTHER("Any other error of the host, or of the exporter; the page of the host has its sentence.");

  private final String meaning;

  ErrorReason(String meaning) {
    this.meaning = meaning;
  }

  @Override
  public String meaning() {
    return meaning;
  }

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
