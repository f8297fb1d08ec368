package dev.imfexporter.text;

/** Ends of sentences. */
public final class Sentence {
  private Sentence() {}

  /** A text of another part of the program, which may or may not end as a sentence does. */
  public static String closed(String text) {
    return text.endsWith(".") || text.endsWith("?") ? text : text + ".";
  }
}
