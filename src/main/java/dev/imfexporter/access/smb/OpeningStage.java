package dev.imfexporter.access.smb;

/** What the opening of a session waits for. */
enum OpeningStage {
  /** The addresses of the name. */
  ADDRESS,
  /** The host accepts the connection; in SMB 1, it also agrees on a dialect. */
  CONNECTION,
  /** The host answers in SMB 2 or 3. */
  DIALECT,
  /** The {@link LoginGate} gives a permit. */
  PERMIT,
  /** The KDC gives the tickets of Kerberos. */
  KDC,
  /** The host answers the log-in. */
  LOGIN
}
