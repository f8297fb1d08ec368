package dev.imfexporter.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a host is reached, as the key {@code access} says it. */
public enum Access {
  /** This machine, through Win32 calls. */
  LOCAL,
  /** Another Windows machine, through the same Win32 calls and the account's own rights. */
  WINDOWS,
  /** A Windows machine through SMB, from any operating system. */
  SMB,
  /** The built-in story. */
  DEMO;

  /** The word that the configuration uses. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Access> of(String word) {
    return Arrays.stream(values()).filter(access -> access.word().equals(word)).findFirst();
  }
}
