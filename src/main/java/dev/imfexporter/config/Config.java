package dev.imfexporter.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the program was told to watch.
 *
 * @param hosts in the order of the file, at least one, with different names
 * @param shown the same as YAML, without comments; passwords stand elsewhere
 */
public record Config(List<HostConfig> hosts, String shown) {
  public Config {
    hosts = List.copyOf(hosts);
  }

  /**
   * What the file says, in full or not at all.
   *
   * @throws ConfigException with everything that is wrong with the file
   */
  public static Config load(Path file) throws ConfigException {
    return ConfigReader.read(file.toString(), ConfigFile.text(file));
  }

  /** This Windows machine, with every default. */
  public static Config local(String hostName) {
    return of(new HostConfig(hostName, Access.LOCAL, Module.DEFAULT));
  }

  /** The built-in story, with every default. */
  public static Config demo() {
    return of(new HostConfig("demo", Access.DEMO, Module.DEFAULT));
  }

  private static Config of(HostConfig host) {
    return new Config(
        List.of(host),
        "hosts:\n  %s:\n    access: %s\n".formatted(host.name(), host.access().word()));
  }

  /** The host of that name. */
  public Optional<HostConfig> host(String name) {
    return hosts.stream().filter(host -> host.name().equals(name)).findFirst();
  }

  /** The host whose metrics are the program's own page: this machine, or a lone demo. */
  public Optional<HostConfig> here() {
    return hosts.stream()
        .filter(
            host ->
                host.access() == Access.LOCAL
                    || (host.access() == Access.DEMO && hosts.size() == 1))
        .findFirst();
  }
}
