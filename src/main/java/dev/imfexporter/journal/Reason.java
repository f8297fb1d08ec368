package dev.imfexporter.journal;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why something failed, with what to do about it where that is known. */
final class Reason {
  private Reason() {}

  static String of(Throwable e) {
    if (e instanceof AccessDeniedException) {
      return "the account %s, which runs imf-exporter, has no right to write there; give it the right"
          .formatted(System.getProperty("user.name"));
    }
    if (e instanceof NoSuchFileException gone) {
      return "there is no " + gone.getFile();
    }
    if (e instanceof NotDirectoryException) {
      return "it is a file, not a folder";
    }
    String reason =
        e instanceof FileSystemException system && system.getReason() != null
            ? system.getReason()
            : e instanceof Error ? e.toString() : String.valueOf(e.getMessage());
    return reason.contains("No space left") || reason.contains("not enough space")
        ? "the disk is full, free some space"
        : reason;
  }
}
