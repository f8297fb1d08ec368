package dev.imfexporter.exposition;

import dev.imfexporter.collector.MailVolumes.Folder;
import dev.imfexporter.metric.VolumeMetrics;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.VolumeRoom;

/** The room on the volumes of the mail folders. */
final class VolumeFamilies {
  private VolumeFamilies() {}

  static void add(Families families, HostSnapshot host) {
    host.volumes().forEach(room -> add(families, room));
  }

  private static void add(Families families, VolumeRoom room) {
    families.of(VolumeMetrics.FREE).add(room.volume().free(), room.name());
    families.of(VolumeMetrics.SIZE).add(room.volume().size(), room.name());
    room.forecast()
        .ifPresent(forecast -> families.of(VolumeMetrics.FULL).add(forecast.full(), room.name()));
    for (Folder folder : room.volume().folders()) {
      families
          .of(VolumeMetrics.FOLDER_INFO)
          .add(1, room.name(), folder.virtualServer(), folder.purpose().word());
    }
  }
}
