package dev.imfexporter.access.smb;

/** Which dialects of SMB are spoken with a host, and how they are protected. */
public enum SmbProtocol {
  /** SMB 2.0.2 to 3.1.1: signed, and encrypted where the host offers it. */
  SMB2,
  /** A host that does not encrypt is refused. */
  SMB3_ENCRYPTED,
  /** Server 2003 speaks no other. A host that does not sign is refused. */
  SMB1,
  /** Signed only where the host offers it, which a member server of 2003 does when told to. */
  SMB1_UNSIGNED;

  boolean isSmb1() {
    return this == SMB1 || this == SMB1_UNSIGNED;
  }
}
