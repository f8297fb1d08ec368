package dev.imfexporter.access.smb;

/** The dialects of SMB to speak with a host, and their protection. */
public enum SmbProtocol {
  /** SMB 2.0.2 to 3.1.1: signed, and encrypted where the host offers it. */
  SMB2,
  /** A host that does not encrypt is refused. */
  SMB3_ENCRYPTED,
  /** The only dialect of Server 2003. A host that does not sign is refused. */
  SMB1,
  /** Signed only where the host offers it, as a member server of 2003 does not by default. */
  SMB1_UNSIGNED;

  boolean isSmb1() {
    return this == SMB1 || this == SMB1_UNSIGNED;
  }
}
