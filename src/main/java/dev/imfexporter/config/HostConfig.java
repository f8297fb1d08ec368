package dev.imfexporter.config;

import dev.imfexporter.access.AccessKind;
import java.time.Duration;
import java.util.Optional;

/**
 * A host to watch.
 *
 * @param name also the machine's network name where the access needs one
 * @param moduleName empty for a host with the defaults of every key of a module
 * @param smb present with access smb only
 * @param demoStart with access demo, how far into its story it begins; zero otherwise
 */
public record HostConfig(
    String name,
    AccessKind access,
    Optional<String> moduleName,
    Module module,
    Optional<Smb> smb,
    Duration demoStart) {

  /** The longest {@code demoStart}; the story is over before, and begins again. */
  public static final Duration LATEST_DEMO_START = Duration.ofDays(1);

  /** A host of another access than smb, without a named module. */
  public HostConfig(String name, AccessKind access, Module module) {
    this(name, access, Optional.empty(), module, Optional.empty(), Duration.ZERO);
  }

  /** How often services are polled that the host does not report by itself. */
  public Duration pollInterval() {
    return module
        .services()
        .pollInterval()
        .orElse(
            switch (access) {
              case LOCAL, WIN32, DEMO -> Duration.ofSeconds(1);
              // A poll takes some twenty calls over the network, and the event log has the times
              // of what happens between two polls.
              case SMB -> Duration.ofSeconds(15);
            });
  }

  /**
   * How a host is reached over SMB.
   *
   * @param encryption whether a host that does not encrypt is refused
   * @param smb1 whether the host speaks SMB 1 only
   * @param signing whether a host that does not sign is refused; always true without smb1
   */
  public record Smb(Auth auth, int port, boolean encryption, boolean smb1, boolean signing) {}
}
