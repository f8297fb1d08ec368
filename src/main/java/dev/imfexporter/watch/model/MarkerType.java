package dev.imfexporter.watch.model;

import dev.imfexporter.text.HasWord;

/**
 * Evidence of an update; it may come before, during or after the restart that it causes, or never.
 */
public enum MarkerType implements HasWord {
  /** An installer began. */
  BEGUN,
  /** A new version folder of the definition appeared. */
  FOLDER,
  /** The registry key of the definition's update was written. */
  REGISTRY,
  /** An installer reported that it was done. */
  INSTALLED,
  /** An installer reported that it failed. */
  FAILED;

  /** What happened, as a clause without a full stop. */
  public String clause() {
    return switch (this) {
      case BEGUN -> "an installer began";
      case FOLDER -> "a version folder of the definition appeared";
      case REGISTRY -> "the registry key of the definition was written";
      case INSTALLED -> "an installer reported success";
      case FAILED -> "an installer reported a failure";
    };
  }

  /** Whether an installer reports it; the others are states of the definition. */
  public boolean isInstaller() {
    return this == BEGUN || this == INSTALLED || this == FAILED;
  }
}
