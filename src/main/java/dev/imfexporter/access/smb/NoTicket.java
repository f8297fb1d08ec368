package dev.imfexporter.access.smb;

import dev.imfexporter.access.ErrorReason;

/** The KDC gave no ticket for a host. */
final class NoTicket extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is at fault. */
  enum Fault {
    /** The account: the KDC refuses it for every host, and counts that. */
    ACCOUNT,
    /** The clocks of the KDC and of this machine: it refuses every log-in. */
    CLOCKS,
    /** Anything else: the KDC, the way to it, the host's own account, or a file of ours. */
    OTHER
  }

  private final Fault fault;
  private final ErrorReason reason;

  /**
   * @param why what is so and what to do about it, without a capital and a full stop
   */
  NoTicket(Fault fault, ErrorReason reason, String why, Throwable cause) {
    super(why, cause);
    this.fault = fault;
    this.reason = reason;
  }

  boolean ofAccount() {
    return fault == Fault.ACCOUNT;
  }

  boolean ofClocks() {
    return fault == Fault.CLOCKS;
  }

  ErrorReason reason() {
    return reason;
  }

  String why() {
    return String.valueOf(getMessage());
  }
}
