package dev.imfexporter.journal;

/** A folder that cannot be used; the message names it, the reason and the next step. */
public final class StorageException extends Exception {
  private static final long serialVersionUID = 1L;

  StorageException(String message) {
    super(message);
  }
}
