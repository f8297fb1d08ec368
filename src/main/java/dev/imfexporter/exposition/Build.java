package dev.imfexporter.exposition;

/**
 * Which build of the program this is.
 *
 * @param revision the commit of git, in 12 digits; with {@code -dirty} if files were changed after
 *     it; {@code unknown} where the sources were no clone, and outside a jar
 * @param date when that commit was made, in UTC, so that two builds of it are equal; in 1980 where
 *     the sources were no clone; {@code unknown} outside a jar
 */
public record Build(String version, String revision, String date) {
  private static final String UNKNOWN = "unknown";

  /** A build of which only the version is known. */
  public static Build of(String version) {
    return new Build(version, UNKNOWN, UNKNOWN);
  }
}
