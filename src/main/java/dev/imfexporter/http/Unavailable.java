package dev.imfexporter.http;

/** What cannot be had now, but may be later; the message is a sentence for who asked for it. */
public final class Unavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Unavailable(String sentence) {
    super(sentence);
  }
}
