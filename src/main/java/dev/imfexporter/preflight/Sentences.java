package dev.imfexporter.preflight;

/** Pieces of sentences. */
final class Sentences {
  private Sentences() {}

  /** A text of another part of the program, which may or may not end as a sentence does. */
  static String closed(String text) {
    return text.endsWith(".") || text.endsWith("?") ? text : text + ".";
  }

  static String count(long number, String one, String many) {
    return number == 1 ? "1 " + one : number + " " + many;
  }
}
