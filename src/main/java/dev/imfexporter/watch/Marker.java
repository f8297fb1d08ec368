package dev.imfexporter.watch;

import java.util.Locale;

/** A sign that the definition was updated; it may come before, during or after the restart. */
public enum Marker {
  /** A new version folder appeared. */
  FOLDER,
  /** The update's registry key was written. */
  REGISTRY;

  /** The word that labels and pages use. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
