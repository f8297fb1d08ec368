package dev.imfexporter.cli;

import dev.imfexporter.fleet.UsageException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where the packaged program is, and the Java that runs it.
 *
 * @param jar {@code imf-exporter.jar}, an absolute path
 * @param javaHome the folder of the Java
 */
record ProgramFiles(Path jar, Path javaHome) {

  /**
   * Those of this process.
   *
   * @throws UsageException if it does not run from a jar
   */
  static ProgramFiles ofThisProcess() throws UsageException {
    try {
      Path jar = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isRegularFile(jar)) {
        return new ProgramFiles(jar.toAbsolutePath(), Path.of(System.getProperty("java.home")));
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    throw new UsageException(
        "this needs the packaged program; unpack it, and run its launcher in the folder bin");
  }

  /** The folder with the jar. */
  Path folder() {
    return Objects.requireNonNull(jar.getParent());
  }

  /** Whether the Java came with the program, as in the package for Windows. */
  boolean hasOwnJava() {
    return javaHome.startsWith(folder());
  }

  /** The program {@code java} or {@code java.exe}. */
  Path java() {
    Path windows = javaHome.resolve("bin").resolve("java.exe");
    return Files.exists(windows) ? windows : javaHome.resolve("bin").resolve("java");
  }
}
