package dev.imfexporter.metric;

import static dev.imfexporter.metric.HostMetrics.EXPORTER;
import static dev.imfexporter.metric.MetricSpec.Label.free;

import dev.imfexporter.collector.MailFolders;
import dev.imfexporter.metric.MetricSpec.Label;

/** The room on the volumes that hold the mail folders. */
public final class VolumeMetrics {
  static final MetricGroup GROUP = new MetricGroup("Volumes");

  private static final String VOLUME_CALL =
      "GetDiskFreeSpaceEx; over SMB FileFsFullSizeInformation, TRANS2_QUERY_FS_INFORMATION";
  private static final Label VOLUME = free("volume");

  public static final MetricSpec FREE =
      GROUP.gauge(
          "imf_mail_volume_free_bytes",
          "Free bytes of a volume that holds Queue, Badmail, Pickup or Drop. volume: its drive or"
              + " mount point, over SMB the share that leads to it.",
          VOLUME_CALL,
          VOLUME);
  public static final MetricSpec SIZE =
      GROUP.gauge("imf_mail_volume_size_bytes", "Size of the volume.", VOLUME_CALL, VOLUME);
  public static final MetricSpec FULL =
      GROUP.gauge(
          "imf_mail_volume_full_timestamp_seconds",
          "When the volume will be full if it goes on filling as in the last two hours, as Unix time."
              + " Absent unless its free space sank in each half-hour of them, and if that is more"
              + " than 30 days ahead.",
          EXPORTER,
          VOLUME);
  public static final MetricSpec FOLDER_INFO =
      GROUP.gauge(
          "imf_mail_volume_folder_info",
          "1 for each folder that lies on the volume.",
          VOLUME_CALL,
          VOLUME,
          free("virtual_server"),
          Label.of("folder", MailFolders.Purpose.class));

  private VolumeMetrics() {}
}
