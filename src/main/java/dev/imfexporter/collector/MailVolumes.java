package dev.imfexporter.collector;

import dev.imfexporter.access.Volumes.Volume;
import dev.imfexporter.collector.MailFolders.Purpose;
import java.util.List;
import java.util.stream.Stream;

/** The volumes that hold the folders in which IIS SMTP keeps messages; each is there once. */
public record MailVolumes(List<MailVolume> volumes) {
  /** A bound for the number of series. A host has four folders for each virtual server. */
  public static final int MOST = 16;

  public MailVolumes {
    volumes = List.copyOf(volumes);
  }

  /**
   * A folder.
   *
   * @param virtualServer as the performance counters name it, for example {@code SMTP 1}
   */
  public record Folder(String virtualServer, Purpose purpose) {}

  /**
   * A volume and what lies on it.
   *
   * @param folders at least one
   */
  public record MailVolume(Volume volume, List<Folder> folders) {
    public MailVolume {
      folders = List.copyOf(folders);
    }

    /** The same volume with the folders of both. */
    MailVolume with(MailVolume same) {
      return new MailVolume(
          volume, Stream.concat(folders.stream(), same.folders.stream()).toList());
    }

    public String name() {
      return volume.name();
    }

    public long free() {
      return volume.free();
    }

    public long size() {
      return volume.size();
    }
  }
}
