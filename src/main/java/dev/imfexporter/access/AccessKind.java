package dev.imfexporter.access;

import java.util.Locale;

/** How a host is reached. */
public enum AccessKind {
  /** This machine, through Win32 calls. */
  LOCAL,
  /** Another machine, through the same Win32 calls and the account's own rights. */
  WINDOWS,
  /** Another machine, through MS-RPC over SMB, from any operating system. */
  SMB,
  /** The built-in story. */
  DEMO;

  /** The word that configuration and pages use. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
