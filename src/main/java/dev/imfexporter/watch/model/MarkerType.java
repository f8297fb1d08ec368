package dev.imfexporter.watch.model;

import java.util.Locale;

/**
 * A sign of an update; it may come before, during or after the restart that it causes, or never.
 */
public enum MarkerType {
  /** An installer began. */
  BEGUN,
  /** A new version folder of the definition appeared. */
  FOLDER,
  /** The registry key of the definition's update was written. */
  REGISTRY,
  /** An installer said that it was done. */
  INSTALLED,
  /** An installer said that it failed. */
  FAILED;

  /** The word that labels and pages use. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
