package dev.imfexporter.exposition;

/** A page of metrics, ready to be sent. */
public final class Rendered {
  private final String contentType;
  private final byte[] body;

  Rendered(String contentType, byte[] body) {
    this.contentType = contentType;
    this.body = body;
  }

  /** With version and character set. */
  public String contentType() {
    return contentType;
  }

  /** Not a copy: not to be written to. */
  public byte[] body() {
    return body;
  }
}
