package dev.imfexporter.access.demo;

/** A line of a story that is wrong; the message begins with file and line. */
final class StoryException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  StoryException(String file, int line, String what) {
    super(file + ":" + line + ": " + what);
  }
}
