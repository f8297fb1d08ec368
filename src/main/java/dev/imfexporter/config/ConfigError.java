package dev.imfexporter.config;

/**
 * One thing that is wrong with a configuration file.
 *
 * @param file as the user named it
 * @param line from 1; 0 for the file as a whole
 * @param path of keys, such as {@code hosts.mail01.access}; empty for the file as a whole
 */
public record ConfigError(String file, int line, String path, String sentence) {

  /** {@code file:line: path: sentence}, without the parts that are not known. */
  @Override
  public String toString() {
    return file
        + (line == 0 ? "" : ":" + line)
        + ": "
        + (path.isEmpty() ? "" : path + ": ")
        + sentence;
  }
}
