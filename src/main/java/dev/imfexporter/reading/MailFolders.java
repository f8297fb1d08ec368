package dev.imfexporter.reading;

import dev.imfexporter.text.HasWord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The folders in which IIS SMTP keeps messages, whether or not it runs. */
public record MailFolders(List<MailFolder> folders) {
  public MailFolders {
    folders = List.copyOf(folders);
  }

  /** What a folder is for. */
  public enum Purpose implements HasWord {
    QUEUE,
    BADMAIL,
    PICKUP,
    DROP
  }

  /**
   * @param virtualServer as the performance counters call it, e.g. {@code SMTP 1}
   * @param messages how many files there are
   * @param bytes their sizes added up
   * @param oldest when the oldest was last written, by the host's clock; empty without messages
   * @param complete false when there were too many to look at: then the numbers are lower bounds
   */
  public record MailFolder(
      String virtualServer,
      Purpose purpose,
      long messages,
      long bytes,
      Optional<Instant> oldest,
      boolean complete) {}
}
