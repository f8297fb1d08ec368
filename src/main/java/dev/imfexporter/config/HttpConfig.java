package dev.imfexporter.config;

import dev.imfexporter.websecurity.ClientSecurity;
import java.nio.file.Path;
import java.util.List;

/**
 * The file of {@code --http.config.file}, by which a command reaches an exporter: the keys for TLS
 * and basic authentication of Prometheus' <a
 * href="https://prometheus.io/docs/prometheus/latest/configuration/configuration/#http_config">
 * http_config</a>, as {@code promtool --http.config.file} reads it.
 *
 * @param warnings what can be used and should be mended
 */
public record HttpConfig(ClientSecurity security, List<ConfigError> warnings) {
  public HttpConfig {
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads the file, and the certificates, the key and the password that it names.
   *
   * @throws ConfigException with all errors, if it cannot be used; none has a password or a key
   */
  public static HttpConfig load(Path file) throws ConfigException {
    return HttpConfigReader.read(file, TextFile.configuration(file));
  }
}
