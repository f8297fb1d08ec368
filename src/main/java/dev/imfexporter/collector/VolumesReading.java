package dev.imfexporter.collector;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.Volumes.Volume;
import dev.imfexporter.collector.MailFolders.Purpose;
import dev.imfexporter.collector.MailVolumes.Folder;
import dev.imfexporter.collector.MailVolumes.MailVolume;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How much room is left where the virtual servers keep their messages. A folder that does not exist
 * is left out; a volume that holds several is told once. Volumes beyond {@link MailVolumes#MOST}
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
    Map<String, Volume> volumes = new LinkedHashMap<>();
    Map<String, List<Folder>> folders = new LinkedHashMap<>();
    for (Map.Entry<String, String> server : servers.entrySet()) {
      for (Purpose purpose : Purpose.values()) {
        Optional<Volume> found = host.volumes().of(Mailroots.folder(server.getValue(), purpose));
        if (found.isPresent()) {
          // Windows compares names without case.
          String name = found.get().name().toLowerCase(Locale.ROOT);
          volumes.putIfAbsent(name, found.get());
          folders
              .computeIfAbsent(name, first -> new ArrayList<>())
              .add(new Folder(server.getKey(), purpose));
        }
      }
    }
    if (volumes.isEmpty()) {
      throw Mailroots.none(servers);
    }
    return new MailVolumes(
        volumes.entrySet().stream()
            .limit(MailVolumes.MOST)
            .map(each -> new MailVolume(each.getValue(), folders.get(each.getKey())))
            .toList());
  }
}
