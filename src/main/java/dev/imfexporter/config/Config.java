package dev.imfexporter.config;

import dev.imfexporter.access.AccessKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The hosts to watch.
 *
 * @param hosts in the order of the files, at least one, with different names
 * @param shown the same as YAML without comments; contains no password, since a file has none
 * @param warnings what can be used and should be mended
 */
public record Config(List<HostConfig> hosts, String shown, List<ConfigError> warnings) {
  private static final String DEMO =
      """
      modules:
        demo:
          dialogue:
            virtual_servers:
              SMTP 1:
                starttls: true
                own_address: postmaster@example.net
                foreign_address: someone@example.org
      hosts:
        demo:
          access: demo
          module: demo
      """;

  public Config {
    hosts = List.copyOf(hosts);
    warnings = List.copyOf(warnings);
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
    HostConfig host = new HostConfig(hostName, AccessKind.LOCAL, Module.DEFAULT);
    return new Config(
        List.of(host),
        "hosts:\n  %s:\n    access: %s\n".formatted(host.name(), host.access().word()),
        List.of());
  }

  /**
   * The built-in story, with a dialogue with its SMTP and otherwise every default.
   *
   * @param start how far into the story it begins
   */
  public static Config demo(Duration start) {
    String shown =
        start.isZero() ? DEMO : DEMO + "    demo_start: %s\n".formatted(DurationText.format(start));
    return new Config(List.of(demoHost(start)), shown, List.of());
  }

  /** As {@link #DEMO} says: without the time that it takes to read YAML. */
  private static HostConfig demoHost(Duration start) {
    Module.DialogueServer server =
        new Module.DialogueServer(
            "",
            25,
            true,
            Optional.of("postmaster@example.net"),
            Optional.of("someone@example.org"));
    Module module = Module.DEFAULT.withDialogue(Map.of("SMTP 1", server));
    return new HostConfig(
        "demo", AccessKind.DEMO, Optional.of("demo"), module, Optional.empty(), start);
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
