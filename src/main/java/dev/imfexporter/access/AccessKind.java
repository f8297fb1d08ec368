package dev.imfexporter.access;

import dev.imfexporter.text.HasWord;
import java.util.Arrays;
import java.util.Optional;

/** How a host is reached. */
public enum AccessKind implements HasWord {
  /** This Windows machine, by Win32 calls. */
  LOCAL,
  /**
   * Another Windows machine, by the same Win32 calls and with the rights of the running account.
   */
  WIN32,
  /**
   * Another Windows machine, by MS-RPC over SMB, from any operating system, with a named account.
   */
  SMB,
  /** The built-in story. */
  DEMO;

  /** The access with that {@link #word}, in lower case; empty if there is none. */
  public static Optional<AccessKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  /** Whether the exporter itself has to run on Windows. */
  public boolean needsWindows() {
    return switch (this) {
      case LOCAL, WIN32 -> true;
      case SMB, DEMO -> false;
    };
  }

  /** Whether the host's clock is this program's own, so that no offset is to be measured. */
  public boolean sharesClock() {
    return switch (this) {
      case LOCAL -> true;
      case WIN32, SMB, DEMO -> false;
    };
  }

  /** Whether the host is another machine, so that its folders are read through shares only. */
  public boolean isRemote() {
    return switch (this) {
      case WIN32, SMB -> true;
      case LOCAL, DEMO -> false;
    };
  }
}
