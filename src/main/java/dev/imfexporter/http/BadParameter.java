package dev.imfexporter.http;

/** A parameter of a request that cannot be answered; the message is a sentence for its sender. */
final class BadParameter extends RuntimeException {
  private static final long serialVersionUID = 1;

  BadParameter(String sentence) {
    super(sentence);
  }
}
