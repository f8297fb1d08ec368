package dev.imfexporter.access.smb;

import com.hierynomus.msdtyp.AccessMask;
import com.hierynomus.msfscc.FileAttributes;
import com.hierynomus.msfscc.FileSystemInformationClass;
import com.hierynomus.msfscc.fileinformation.FileIdBothDirectoryInformation;
import com.hierynomus.msfscc.fileinformation.ShareInfo;
import com.hierynomus.mssmb2.SMB2CreateDisposition;
import com.hierynomus.mssmb2.SMB2ShareAccess;
import com.hierynomus.mssmb2.messages.SMB2QueryInfoRequest.SMB2QueryInfoType;
import com.hierynomus.protocol.commons.buffer.Buffer;
import com.hierynomus.protocol.commons.buffer.Endian;
import com.hierynomus.smbj.share.Directory;
import com.hierynomus.smbj.share.DiskShare;
import dev.imfexporter.access.Files.Entry;
import dev.imfexporter.access.Files.Sample;
import dev.imfexporter.access.smb.SmbSession.Space;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** An open folder of a share. Its methods throw the unchecked exceptions of smbj too. */
final class Smb2Folder implements AutoCloseable {
  private final DiskShare share;
  private final Directory directory;

  private Smb2Folder(DiskShare share, Directory directory) {
    this.share = share;
    this.directory = directory;
  }

  /** Empty if there is no such folder. */
  static Optional<Smb2Folder> open(DiskShare share, String folder) {
    return share.folderExists(folder)
        ? Optional.of(new Smb2Folder(share, directory(share, folder)))
        : Optional.empty();
  }

  private static Directory directory(DiskShare share, String folder) {
    return share.openDirectory(
        folder,
        EnumSet.of(AccessMask.FILE_LIST_DIRECTORY, AccessMask.FILE_READ_ATTRIBUTES),
        null,
        SMB2ShareAccess.ALL,
        SMB2CreateDisposition.FILE_OPEN,
        null);
  }

  Sample sample(int most, BooleanSupplier enough) {
    List<Entry> entries = new ArrayList<>();
    var files = directory.iterator(FileIdBothDirectoryInformation.class);
    while (files.hasNext()) {
      if (entries.size() == most || enough.getAsBoolean()) {
        return new Sample(entries, false);
      }
      FileIdBothDirectoryInformation file = files.next();
      if (!file.getFileName().equals(".") && !file.getFileName().equals("..")) {
        entries.add(entry(file));
      }
    }
    return new Sample(entries, true);
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

  /** FileFsFullSizeInformation (MS-FSCC 2.5.4) of the volume that holds the folder. */
  Space space() throws BrokenProtocol {
    byte[] answer =
        share
            .queryInfo(
                directory.getFileId(),
                SMB2QueryInfoType.SMB2_0_INFO_FILESYSTEM,
                null,
                null,
                FileSystemInformationClass.FileFsFullSizeInformation)
            .getOutputBuffer();
    try {
      ShareInfo volume =
          ShareInfo.parseFsFullSizeInformation(new Buffer.PlainBuffer(answer, Endian.LE));
      return new Space(volume.getFreeSpace(), volume.getTotalSpace());
    } catch (Buffer.BufferException e) {
      throw new BrokenProtocol("its answer about a volume is cut short", e);
    }
  }

  /** Does not wait for the answer: after a timeout, it would be the second wait. */
  @Override
  public void close() {
    try {
      directory.closeNoWait();
    } catch (RuntimeException lost) {
      // The connection is lost, and the handle with it.
    }
  }
}
