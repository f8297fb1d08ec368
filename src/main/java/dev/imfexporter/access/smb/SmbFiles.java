package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Files;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Folders of shares that are configured, as {@code \\HOST\SHARE\FOLDER}. Thread-safe. */
record SmbFiles(SmbLink link) implements Files {

  private record Place(String share, String folder) {}

  @Override
  public Optional<List<Entry>> list(String folder) throws AccessException {
    return sample(folder, Integer.MAX_VALUE, link.target().timeout()).map(Sample::entries);
  }

  @Override
  public Optional<Sample> sample(String folder, int most, Duration within) throws AccessException {
    Place place = place(folder);
    SmbLink.Opened on = link.open();
    long end = link.nanoTime().getAsLong() + within.toNanos();
    try {
      return on.session()
          .list(place.share(), place.folder(), most, () -> link.nanoTime().getAsLong() - end > 0);
    } catch (StatusException e) {
      throw Failures.ofListing(folder, e, link.target());
    } catch (IOException e) {
      link.failed(on.session(), e);
      throw Failures.of(e, link.target());
    }
  }

  private Place place(String folder) throws AccessException {
    String[] parts = folder.split("\\\\", 5);
    boolean onShare = folder.startsWith("\\\\") && parts.length >= 4 && !parts[3].isEmpty();
    if (!onShare || !parts[2].equalsIgnoreCase(link.target().host())) {
      throw new AccessException.Unsupported(
          folder
              + " is not on a share of "
              + link.target().host()
              + ": configure one, such as \\\\"
              + link.target().host()
              + "\\SHARE\\MSCFV2, that the account may read");
    }
    if (link.target().protocol().isSmb1() && folder.matches(".*[#?].*")) {
      throw new AccessException.Unsupported(
          folder + " cannot be asked for over SMB 1: share it under a name without # and ?");
    }
    return new Place(parts[3], parts.length > 4 ? parts[4] : "");
  }
}
