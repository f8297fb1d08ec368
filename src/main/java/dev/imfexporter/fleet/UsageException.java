package dev.imfexporter.fleet;

/** The request of the user cannot be met; the message names the reason and the next step. */
public class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}
