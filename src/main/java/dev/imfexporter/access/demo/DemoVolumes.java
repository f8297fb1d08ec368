package dev.imfexporter.access.demo;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Volumes;
import java.time.Duration;
import java.util.Optional;

/** One drive, on which queued messages take room, and have it again when they are sent. */
record DemoVolumes(DemoHost host) implements Volumes {
  private static final long GIB = 1L << 30;
  private static final long SIZE = 136 * GIB;
  private static final long FREE = 71 * GIB;

  @Override
  public Optional<Volume> of(String folder) throws AccessException {
    if (host.files().sample(folder, 0, Duration.ZERO).isEmpty()) {
      return Optional.empty();
    }
    long queued = (long) host.scene("GetDiskFreeSpaceEx " + folder).mail().queued();
    return Optional.of(Volume.of("C:", FREE - queued * DemoFiles.BYTES_PER_MESSAGE, SIZE));
  }
}
