package dev.imfexporter.bed;

import java.io.IOException;
import java.nio.file.Path;

/** A file system of a few megabytes in memory, mounted in a folder. Needs root and Linux. */
public final class SmallDisk implements AutoCloseable {
  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /**
   * Mounts it.
   *
   * @param folder exists; what lies in it is hidden until {@link #close}
   */
  public static SmallDisk mount(Path folder, long bytes) throws IOException {
    run("mount", "-t", "tmpfs", "-o", "mode=0755,size=" + bytes, "tmpfs", folder.toString());
    return new SmallDisk(folder);
  }

  public Path folder() {
    return folder;
  }

  /** Lazily: a server may still have a handle of it open. */
  @Override
  public void close() throws IOException {
    run("umount", "--lazy", folder.toString());
  }

  private static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + " failed");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
