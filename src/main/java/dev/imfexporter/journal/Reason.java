package dev.imfexporter.journal;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why something failed, with what to do about it where that is known. */
final class Reason {
  private Reason() {}

  /** Why a file or a folder could not be read. */
  static String ofReading(Throwable e) {
    return of(e, "read it");
  }

  /** Why something could not be written, made or renamed. */
  static String ofWriting(Throwable e) {
    return of(e, "write there");
  }

  private static String of(Throwable e, String what) {
    if (e instanceof AccessDeniedException) {
      return "the account %s, which runs imf-exporter, has no right to %s; give it the right"
          .formatted(System.getProperty("user.name"), what);
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
            : e instanceof Error || e.getMessage() == null ? e.toString() : e.getMessage();
    // By a system in another language, the sentence is the system's own.
    return reason.contains("No space left") || reason.contains("not enough space")
        ? "the disk is full, free some space"
        : reason;
  }
}
