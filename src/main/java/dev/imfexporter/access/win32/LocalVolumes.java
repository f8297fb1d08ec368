package dev.imfexporter.access.win32;

import static dev.imfexporter.access.win32.Kernel32.KERNEL32;

import com.sun.jna.Native;
import com.sun.jna.platform.win32.WinNT.LARGE_INTEGER;
import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Volumes;
import dev.imfexporter.access.Win32Error;
import java.util.Optional;

/**
 * Volumes of this machine, and of shares with the rights of this account. Needs the right to list
 * the folder. Thread-safe.
 *
 * @see <a
 *     href="https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-getdiskfreespaceexw">GetDiskFreeSpaceExW</a>
 * @see <a
 *     href="https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-getvolumepathnamew">GetVolumePathNameW</a>
 */
final class LocalVolumes implements Volumes {
  /** MAX_PATH; the answer is the begin of the path, which may be longer. */
  private static final int USUALLY_LONGEST = 260;

  @Override
  public Optional<Volume> of(String folder) throws AccessException {
    // Windows wants the backslash at the end of a share.
    String path = folder.endsWith("\\") ? folder : folder + "\\";
    LARGE_INTEGER size = new LARGE_INTEGER();
    LARGE_INTEGER free = new LARGE_INTEGER();
    if (!KERNEL32.GetDiskFreeSpaceEx(path, null, size, free)) {
      int code = Native.getLastError();
      if (code == Win32Error.FILE_NOT_FOUND || code == Win32Error.PATH_NOT_FOUND) {
        return Optional.empty();
      }
      throw Win32Errors.failed(
          "GetDiskFreeSpaceEx " + folder, code, "the right to list the folder " + folder);
    }
    return Optional.of(Volume.of(mountOf(path), free.getValue(), size.getValue()));
  }

  private static String mountOf(String path) throws AccessException {
    char[] mount = new char[USUALLY_LONGEST + path.length()];
    if (!KERNEL32.GetVolumePathName(path, mount, mount.length)) {
      throw Win32Errors.lastError(
          "GetVolumePathName " + path, "the right to list the folders above " + path);
    }
    return Native.toString(mount);
  }
}
