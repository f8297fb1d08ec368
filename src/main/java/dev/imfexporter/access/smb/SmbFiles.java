package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Files;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Folders of shares, by paths such as {@code \\HOST\SHARE\FOLDER}. Thread-safe. */
record SmbFiles(SmbConnection connection) implements Files {

  @Override
  public Optional<Sample> sample(String folder, int most, Duration within) throws AccessException {
    SharePath place = SharePath.of(folder, connection.config());
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
}
