package dev.imfexporter.access.smb;

/** An account and what proves that it is ours, as they were read for one log-in. */
public sealed interface Credentials permits Login, KerberosLogin {
  /** A hash of the password or of the file that stands for it, to notice that it changed. */
  int secret();

  /** Overwrites the password after use. */
  void wipe();
}
