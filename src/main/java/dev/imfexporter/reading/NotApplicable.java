package dev.imfexporter.reading;

/** The host is well and has nothing of this kind to read, e.g. no Exchange and so no definition. */
public final class NotApplicable extends Exception {
  private static final long serialVersionUID = 1L;

  public NotApplicable(String reason) {
    super(reason);
  }
}
