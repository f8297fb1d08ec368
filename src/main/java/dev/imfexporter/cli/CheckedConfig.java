package dev.imfexporter.cli;

import dev.imfexporter.config.Config;
import dev.imfexporter.config.ConfigException;
import dev.imfexporter.config.ConfigFiles;
import dev.imfexporter.config.WebConfig;
import dev.imfexporter.fleet.Configuration;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Configuration files, checked before an exporter runs with it. */
final class CheckedConfig {
  private CheckedConfig() {}

  /**
   * Reads the files.
   *
   * @param err gets their warnings, and why a host cannot be watched from this machine
   * @return empty if there is such a host
   */
  static Optional<Config> load(ConfigFiles files, PrintStream err) throws ConfigException {
    Config config = files.load();
    config.warnings().forEach(warning -> err.println("warning: " + warning));
    List<String> unreachable = Configuration.unreachable(config);
    unreachable.forEach(sentence -> err.println(files + ": " + sentence));
    return unreachable.isEmpty() ? Optional.of(config) : Optional.empty();
  }

  /**
   * Reads a web configuration.
   *
   * @param err gets its warnings
   */
  static void loadWeb(Path file, PrintStream err) throws ConfigException {
    WebConfig.load(file).warnings().forEach(warning -> err.println("warning: " + warning));
  }
}
