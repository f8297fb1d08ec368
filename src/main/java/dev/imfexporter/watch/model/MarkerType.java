package dev.imfexporter.watch.model;

import dev.imfexporter.text.HasWord;

/**
 * A sign of an update; it may come before, during or after the restart that it causes, or never.
 */
public enum MarkerType implements HasWord {
  /** An installer began. */
  BEGUN,
  /** A new version folder of the definition appeared. */
  FOLDER,
  /** The registry key of the definition's update was written. */
  REGISTRY,
  /** An installer said that it was done. */
  INSTALLED,
  /** An installer said that it failed. */
  FAILED
}
