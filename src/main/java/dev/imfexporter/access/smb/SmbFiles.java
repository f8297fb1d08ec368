package dev.imfexporter.access.smb;

import com.hierynomus.msdtyp.AccessMask;
import com.hierynomus.msfscc.FileAttributes;
import com.hierynomus.msfscc.fileinformation.FileIdBothDirectoryInformation;
import com.hierynomus.mssmb2.SMB2CreateDisposition;
import com.hierynomus.mssmb2.SMB2ShareAccess;
import com.hierynomus.mssmb2.SMBApiException;
import com.hierynomus.smbj.share.Directory;
import com.hierynomus.smbj.share.DiskShare;
import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Files;
import dev.imfexporter.access.Win32Error;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
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
    try (DiskShare share = on.session().share(place.share())) {
      if (!share.folderExists(place.folder())) {
        return Optional.empty();
      }
      return Optional.of(sample(share, place, most, within));
    } catch (SMBApiException e) {
      throw failed(folder, e);
    } catch (IOException | RuntimeException e) {
      if (e.getCause() instanceof SMBApiException refused) {
        throw failed(folder, refused);
      }
      throw Failures.of(e, link.target());
    }
  }

  /** Page by page: a queue may hold a million messages. */
  private Sample sample(DiskShare share, Place place, int most, Duration within) {
    long end = link.nanoTime().getAsLong() + within.toNanos();
    List<Entry> entries = new ArrayList<>();
    try (Directory folder = open(share, place)) {
      var files = folder.iterator(FileIdBothDirectoryInformation.class);
      while (files.hasNext()) {
        if (entries.size() == most || link.nanoTime().getAsLong() - end > 0) {
          return new Sample(entries, false);
        }
        FileIdBothDirectoryInformation file = files.next();
        if (!file.getFileName().equals(".") && !file.getFileName().equals("..")) {
          entries.add(entry(file));
        }
      }
    }
    return new Sample(entries, true);
  }

  private static Directory open(DiskShare share, Place place) {
    return share.openDirectory(
        place.folder(),
        EnumSet.of(AccessMask.FILE_LIST_DIRECTORY, AccessMask.FILE_READ_ATTRIBUTES),
        null,
        SMB2ShareAccess.ALL,
        SMB2CreateDisposition.FILE_OPEN,
        null);
  }

  private static Entry entry(FileIdBothDirectoryInformation file) {
    boolean folder =
        (file.getFileAttributes() & FileAttributes.FILE_ATTRIBUTE_DIRECTORY.getValue()) != 0;
    return new Entry(
        file.getFileName(),
        folder,
        file.getEndOfFile(),
        file.getCreationTime().toInstant(),
        file.getLastWriteTime().toInstant());
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
    return new Place(parts[3], parts.length > 4 ? parts[4] : "");
  }

  private static AccessException failed(String folder, SMBApiException e) {
    return new AccessException.CallFailed(
        new Win32Error("Listing " + folder, (int) e.getStatusCode(), e.getStatus().toString()),
        "The account needs to be let into the share and the folder");
  }
}
