package dev.imfexporter.websecurity;

/** Settings of TLS that cannot be used; the message is a sentence without its subject, the key. */
public final class UnusableTls extends Exception {
  private static final long serialVersionUID = 1;

  private final String key;

  UnusableTls(String key, String sentence, Throwable cause) {
    super(sentence, cause);
    this.key = key;
  }

  UnusableTls(String key, String sentence) {
    super(sentence);
    this.key = key;
  }

  /** Of the section: {@code cert}, {@code key}, {@code client_ca} or {@code curve_preferences}. */
  public String key() {
    return key;
  }
}
