package dev.imfexporter.config;

import java.time.Duration;
import java.util.Optional;

/**
 * A host to watch.
 *
 * @param name also the machine's network name where the access needs one
 * @param moduleName empty for every default of a module
 * @param smb how to log in and connect; there with access smb, and only there
 */
public record HostConfig(
    String name, Access access, Optional<String> moduleName, Module module, Optional<Smb> smb) {
  private static final Duration POLL = Duration.ofSeconds(1);

  /**
   * Each look takes some twenty calls over the network, and the event log tells what was between.
   */
  private static final Duration POLL_OVER_SMB = Duration.ofSeconds(15);

  /** A host of another access than smb, of no module by name. */
  public HostConfig(String name, Access access, Module module) {
    this(name, access, Optional.empty(), module, Optional.empty());
  }

  /** Between two looks at services that the host does not report by itself. */
  public Duration pollInterval() {
    return module.services().interval().orElse(access == Access.SMB ? POLL_OVER_SMB : POLL);
  }

  /**
   * How a host is reached over SMB.
   *
   * @param encryption whether a host that does not encrypt is refused
   * @param smb1 whether the host speaks SMB 1 alone
   * @param signing whether a host that does not sign is refused; always so without smb1
   */
  public record Smb(Auth auth, int port, boolean encryption, boolean smb1, boolean signing) {}
}
