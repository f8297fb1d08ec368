package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Volumes;
import java.io.IOException;
import java.util.Optional;

/**
 * The volumes behind shares. A volume is named by the share that leads to it: two shares of one
 * volume are two. Thread-safe.
 */
record SmbVolumes(SmbConnection connection) implements Volumes {

  @Override
  public Optional<Volume> of(String folder) throws AccessException {
    SmbHostConfig config = connection.config();
    SharePath place = SharePath.of(folder, config);
    SmbConnection.Opened on = connection.open();
    try {
      Optional<SmbSession.Space> space = on.session().space(place.share(), place.folder());
      return space.isEmpty()
          ? Optional.empty()
          : Optional.of(Volume.of(place.root(config), space.get().free(), space.get().size()));
    } catch (StatusException e) {
      throw Failures.ofListing(folder, e, config);
    } catch (IOException e) {
      connection.failed(on.session(), e);
      throw Failures.of(e, config);
    }
  }
}
