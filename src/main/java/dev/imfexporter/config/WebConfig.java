package dev.imfexporter.config;

import dev.imfexporter.websecurity.WebSecurity;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * The file of {@code --web.config.file}, in the <a
 * href="https://github.com/prometheus/exporter-toolkit/blob/master/docs/web-configuration.md">format
 * of Prometheus' exporters</a>.
 *
 * @param warnings what can be used and should be mended
 */
public record WebConfig(WebSecurity security, List<ConfigError> warnings) {
  public WebConfig {
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads the file, and the certificates and keys that it names.
   *
   * @throws ConfigException with all errors, if it cannot be used
   */
  public static WebConfig load(Path file) throws ConfigException {
    return load(file, files -> {});
  }

  /**
   * As {@link #load(Path)}.
   *
   * @param named takes the files that the configuration names, once its sections are understood,
   *     also those that do not exist
   */
  public static WebConfig load(Path file, Consumer<List<Path>> named) throws ConfigException {
    return WebConfigReader.read(file, TextFile.configuration(file), named);
  }
}
