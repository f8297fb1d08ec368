package dev.imfexporter.collector;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.collector.MailFolders.Purpose;
import dev.imfexporter.collector.MailVolumes.Folder;
import dev.imfexporter.collector.MailVolumes.MailVolume;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How much room is left where the virtual servers keep their messages. A folder that does not exist
 * is left out; a volume that holds several is listed once. Volumes beyond {@link MailVolumes#MOST}
 * are left out.
 */
public final class VolumesReading implements Collector<MailVolumes> {
  private final Mailroots mailroots;

  /**
   * @param mailroots as of {@link FoldersReading}
   */
  public VolumesReading(Map<String, String> mailroots) {
    this.mailroots = new Mailroots(mailroots);
  }

  @Override
  public MailVolumes take(HostAccess host) throws AccessException, NotApplicable {
    Map<String, String> servers = mailroots.of(host);
    Map<String, MailVolume> volumes = new LinkedHashMap<>();
    for (Map.Entry<String, String> server : servers.entrySet()) {
      for (Purpose purpose : Purpose.values()) {
        Folder folder = new Folder(server.getKey(), purpose);
        host.volumes()
            .of(Mailroots.folder(server.getValue(), purpose))
            .map(volume -> new MailVolume(volume, List.of(folder)))
            // Windows compares names without case.
            .ifPresent(
                found ->
                    volumes.merge(found.name().toLowerCase(Locale.ROOT), found, MailVolume::with));
      }
    }
    if (volumes.isEmpty()) {
      throw Mailroots.none(servers);
    }
    return new MailVolumes(volumes.values().stream().limit(MailVolumes.MOST).toList());
  }
}
