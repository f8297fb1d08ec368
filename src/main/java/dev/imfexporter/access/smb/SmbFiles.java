package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Files;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Folders of shares, by paths such as {@code \\HOST\SHARE\FOLDER}. Thread-safe. */
record SmbFiles(SmbConnection connection) implements Files {

  private record Place(String share, String folder) {}

  @Override
  public Optional<Sample> sample(String folder, int most, Duration within) throws AccessException {
    Place place = place(folder);
    SmbConnection.Opened on = connection.open();
    long begin = connection.nanoTime().getAsLong();
    long nanos = within.toNanos();
    try {
      return on.session()
          .list(
              place.share(),
              place.folder(),
              most,
              () -> connection.nanoTime().getAsLong() - begin > nanos);
    } catch (StatusException e) {
      throw Failures.ofListing(folder, e, connection.config());
    } catch (IOException e) {
      connection.failed(on.session(), e);
      throw Failures.of(e, connection.config());
    }
  }

  private Place place(String folder) throws AccessException {
    SmbHostConfig config = connection.config();
    String[] parts = folder.split("\\\\", 5);
    boolean onShare = folder.startsWith("\\\\") && parts.length >= 4 && !parts[3].isEmpty();
    if (!onShare || !parts[2].equalsIgnoreCase(config.host())) {
      throw new AccessException.Unsupported(
          "%1$s is not on a share of %2$s: configure one, such as \\\\%2$s\\SHARE\\MSCFV2, that"
                  .formatted(folder, config.host())
              + " the account may read");
    }
    if (config.protocol().isSmb1() && folder.matches(".*[#?].*")) {
      throw new AccessException.Unsupported(
          folder + " cannot be listed over SMB 1: share it under a name without # and ?");
    }
    return new Place(parts[3], parts.length > 4 ? parts[4] : "");
  }
}
