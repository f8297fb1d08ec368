package dev.imfexporter.collector;

import dev.imfexporter.text.HasWord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The folders in which IIS SMTP keeps messages.
 *
 * @param roots the folder that contains them, by virtual server
 */
public record MailFolders(List<MailFolder> folders, Map<String, String> roots) {
  public MailFolders {
    folders = List.copyOf(folders);
    roots = Map.copyOf(roots);
  }

  public MailFolders(List<MailFolder> folders) {
    this(folders, Map.of());
  }

  /** What a folder is for. */
  public enum Purpose implements HasWord {
    QUEUE,
    BADMAIL,
    PICKUP,
    DROP
  }

  /**
   * @param virtualServer as the performance counters name it, for example {@code SMTP 1}
   * @param messages the number of messages
   * @param bytes the sum of their sizes
   * @param oldest when the oldest was last written, by the host's clock; empty without messages
   * @param complete false if there are too many to list: then the numbers are lower bounds
   */
  public record MailFolder(
      String virtualServer,
      Purpose purpose,
      long messages,
      long bytes,
      Optional<Instant> oldest,
      boolean complete) {
    /** As many as are counted at most. SMTP looks at each file while it stops. */
    public static final int FULL = 10_000;

    /** Whether it has so many files that a stop of SMTP takes minutes. */
    public boolean isFull() {
      return messages >= FULL || !complete;
    }
  }
}
