package dev.imfexporter.collector;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Files.Entry;
import dev.imfexporter.access.Files.Sample;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.collector.MailFolders.MailFolder;
import dev.imfexporter.collector.MailFolders.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The messages in the folders of the virtual servers, which show a queue also while SMTPSVC is down
 * and has no counters. A folder that does not exist is left out: Exchange has no Drop.
 */
public final class FoldersReading implements Collector<MailFolders> {
  /** Ten times the queue that Microsoft's analyzer warns about; takes about 2 MiB. */
  private static final int MOST = MailFolders.MailFolder.FULL;

  /** NTFS lists 10,000 names in a tenth of this; the rest is for slow shares. */
  private static final Duration WITHIN = Duration.ofSeconds(1);

  /** For all folders together, below the time limit of a reading. */
  private static final Duration ALL_WITHIN = Duration.ofSeconds(4);

  private final Mailroots mailroots;

  /**
   * @param mailroots the folder that contains Queue, Badmail, Pickup and Drop, by virtual server as
   *     the performance counters name it; the host's own path or a share; empty for the folders
   *     that setup creates
   */
  public FoldersReading(Map<String, String> mailroots) {
    this.mailroots = new Mailroots(mailroots);
  }

  @Override
  public MailFolders take(HostAccess host) throws AccessException, NotApplicable {
    Map<String, String> servers = mailroots.of(host);
    Duration within = within(servers.size() * Purpose.values().length);
    List<MailFolder> folders = new ArrayList<>();
    for (Map.Entry<String, String> server : servers.entrySet()) {
      for (Purpose purpose : Purpose.values()) {
        host.files()
            .sample(Mailroots.folder(server.getValue(), purpose), MOST, within)
            .map(sample -> folder(server.getKey(), purpose, sample))
            .ifPresent(folders::add);
      }
    }
    if (folders.isEmpty()) {
      throw Mailroots.none(servers);
    }
    return new MailFolders(folders, servers);
  }

  private static MailFolder folder(String virtualServer, Purpose purpose, Sample sample) {
    long messages = 0;
    long bytes = 0;
    Optional<Instant> oldest = Optional.empty();
    for (Entry entry : sample.entries()) {
      if (isMessage(purpose, entry)) {
        messages++;
        bytes += entry.bytes();
        Instant modified = entry.modified();
        oldest = Optional.of(oldest.filter(modified::isAfter).orElse(modified));
      }
    }
    return new MailFolder(virtualServer, purpose, messages, bytes, oldest, sample.complete());
  }

  /** In Badmail, two more files (.bdr, .bdp) beside each message (.bad) say why it is there. */
  private static boolean isMessage(Purpose purpose, Entry entry) {
    String name = entry.name().toLowerCase(Locale.ROOT);
    boolean companion =
        purpose == Purpose.BADMAIL && (name.endsWith(".bdr") || name.endsWith(".bdp"));
    return !entry.folder() && !companion;
  }

  private static Duration within(int folders) {
    Duration share = ALL_WITHIN.dividedBy(folders);
    return share.compareTo(WITHIN) < 0 ? share : WITHIN;
  }
}
