package dev.imfexporter.config;

import dev.imfexporter.access.AccessKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The hosts to watch.
 *
 * @param hosts in the order of the file, at least one, with different names
 * @param shown the same as YAML without comments; contains no password, since a file has none
 * @param warnings what can be used and should be mended
 */
public record Config(List<HostConfig> hosts, String shown, List<ConfigError> warnings) {
  public Config {
    hosts = List.copyOf(hosts);
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads a file.
   *
   * @throws ConfigException with all errors, if the file has any
   */
  public static Config load(Path file) throws ConfigException {
    try {
      char[] text = new TextFile(file, TextFile.Kind.CONFIGURATION).read();
      return ConfigReader.read(file.toString(), String.valueOf(text));
    } catch (TextFile.Unusable e) {
      throw new ConfigException(
          List.of(new ConfigError(file.toString(), e.line(), "", String.valueOf(e.getMessage()))));
    }
  }

  /**
   * What it says of one of its hosts, as YAML for people outside: without other hosts, and without
   * the account.
   */
  public String shownOf(HostConfig host) {
    return ShownHost.of(shown, host);
  }

  /** This Windows machine, with every default. */
  public static Config local(String hostName) {
    return of(new HostConfig(hostName, AccessKind.LOCAL, Module.DEFAULT));
  }

  /**
   * The built-in story, with every default.
   *
   * @param start how far into the story it begins
   */
  public static Config demo(Duration start) {
    return of(
        new HostConfig(
            "demo", AccessKind.DEMO, Optional.empty(), Module.DEFAULT, Optional.empty(), start));
  }

  private static Config of(HostConfig host) {
    return new Config(
        List.of(host),
        "hosts:\n  %s:\n    access: %s\n%s"
            .formatted(
                host.name(),
                host.access().word(),
                host.demoStart().isZero()
                    ? ""
                    : "    demo_start: %s\n".formatted(DurationText.format(host.demoStart()))),
        List.of());
  }

  /** The host of that name, in the same upper and lower case. */
  public Optional<HostConfig> host(String name) {
    return hosts.stream().filter(host -> host.name().equals(name)).findFirst();
  }

  /**
   * The host whose metrics are at {@code /metrics}: this machine, or a demo without other hosts.
   */
  public Optional<HostConfig> here() {
    return hosts.stream()
        .filter(
            host ->
                switch (host.access()) {
                  case LOCAL -> true;
                  case DEMO -> hosts.size() == 1;
                  case WIN32, SMB -> false;
                })
        .findFirst();
  }
}
