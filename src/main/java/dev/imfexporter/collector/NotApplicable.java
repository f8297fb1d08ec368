package dev.imfexporter.collector;

/** The host has nothing of this kind, which is not a failure: without Exchange no definition. */
public final class NotApplicable extends Exception {
  private static final long serialVersionUID = 1L;

  public NotApplicable(String reason) {
    super(reason);
  }
}
