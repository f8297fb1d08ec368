package dev.imfexporter.fleet;

import dev.imfexporter.config.Config;
import dev.imfexporter.config.ConfigException;
import dev.imfexporter.config.ConfigFiles;
import dev.imfexporter.config.HostConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The configuration that this machine can use. */
public final class Configuration {
  private Configuration() {}

  /** What is read without {@code --config.file}; no file if it is not there. */
  public static ConfigFiles usual() {
    return orNone(usualFile());
  }

  /** Where the file stands that is read without {@code --config.file}. */
  public static Path usualFile() {
    return (AccessFactory.onWindows() ? Storage.usual() : Path.of("/etc/imf-exporter"))
        .resolve("imf-exporter.yml");
  }

  static ConfigFiles orNone(Path file) {
    // One in a folder that this account may not enter counts as there: reading it says why not.
    return Files.notExists(file) ? ConfigFiles.NONE : ConfigFiles.of(file);
  }

  /**
   * Reads the files; without one, this machine is watched on Windows, and the demo elsewhere.
   *
   * @param demoStart how far into its story the demo begins that is played without a file, also on
   *     Windows; null for this machine on Windows, and the beginning elsewhere
   */
  public static Config read(ConfigFiles files, @Nullable Duration demoStart)
      throws ConfigException, UsageException {
    requireOne(files, demoStart);
    if (!files.isEmpty()) {
      return files.load();
    }
    if (demoStart != null || !AccessFactory.onWindows()) {
      return Config.demo(demoStart == null ? Duration.ZERO : demoStart);
    }
    String name = System.getenv("COMPUTERNAME");
    return Config.local(name == null ? "localhost" : name);
  }

  /**
   * Refuses files beside the beginning of a demo that is played without one.
   *
   * @param demoStart null for none
   */
  public static void requireOne(ConfigFiles files, @Nullable Duration demoStart)
      throws UsageException {
    if (!files.isEmpty() && demoStart != null) {
      throw new UsageException(
          "--demo.start is for the demo without --config.file; give a host of "
              + files
              + " with access: demo the key demo_start");
    }
  }

  /** For each host that this machine cannot reach as configured, a sentence that says why. */
  public static List<String> unreachable(Config config) {
    List<String> sentences = new ArrayList<>();
    for (HostConfig host : config.hosts()) {
      try {
        AccessFactory.require(host);
      } catch (UsageException e) {
        sentences.add(String.valueOf(e.getMessage()));
      }
    }
    return sentences;
  }
}
