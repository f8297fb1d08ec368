package dev.imfexporter.winservice;

import com.sun.jna.platform.win32.Kernel32;
import java.nio.file.Path;

/** Whether a file is on a disk of this machine. */
public final class LocalDisk {
  /** DRIVE_REMOTE of GetDriveType. */
  private static final int REMOTE = 4;

  private LocalDisk() {}

  /**
   * Whether a service finds the file when Windows starts: not on a share, and not on a drive that
   * stands for one, which only the session that connected it has (<a
   * href="https://learn.microsoft.com/windows/win32/services/services-and-redirected-drives">
   * page</a>).
   *
   * @param file an absolute path of Windows
   */
  public static boolean has(Path file) {
    return !isShare(file.toString())
        && Kernel32.INSTANCE.GetDriveType(String.valueOf(file.getRoot())) != REMOTE;
  }

  /** {@code \\SERVER\SHARE\...}, but not {@code \\?\C:\...}. */
  static boolean isShare(String path) {
    boolean device = path.startsWith("\\\\?\\") || path.startsWith("\\\\.\\");
    return device ? path.startsWith("\\\\?\\UNC\\") : path.startsWith("\\\\");
  }
}
