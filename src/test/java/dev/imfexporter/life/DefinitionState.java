package dev.imfexporter.life;

import java.time.Instant;

/**
 * The IMF's data from a moment on; builds are the third numbers of their versions.
 *
 * @param from true time
 * @param written true time at which the registry key was last written
 * @param created true time at which the newest folder appeared
 */
public record DefinitionState(
    Instant from, int registered, Instant written, int folder, Instant created) {

  static String version(int build) {
    return "6.5." + build + ".0";
  }
}
