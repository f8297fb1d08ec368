package dev.imfexporter.journal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A disk of 64 KiB, where the account may mount one: on Linux, as root. */
final class SmallDisk implements AutoCloseable {
  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Skips the test where it cannot be. */
  static SmallDisk mount(Path below) throws IOException {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "tmpfs is Linux's");
    Path folder = Files.createDirectory(below.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=64k", "imf-test", folder.toString()),
        "only root may mount");
    return new SmallDisk(folder);
  }

  Path folder() {
    return folder;
  }

  /** With that option: ro or rw. */
  void remount(String option) throws IOException {
    if (!run("mount", "-o", "remount," + option, folder.toString())) {
      throw new IOException("cannot remount " + folder);
    }
  }

  @Override
  public void close() throws IOException {
    if (!run("umount", folder.toString())) {
      throw new IOException("cannot unmount " + folder);
    }
  }

  private static boolean run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
