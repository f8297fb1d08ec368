package dev.imfexporter.cli;

/** What was asked for cannot work here; the message names it and the next step. */
final class CannotStart extends Exception {
  private static final long serialVersionUID = 1L;

  CannotStart(String message) {
    super(message);
  }
}
