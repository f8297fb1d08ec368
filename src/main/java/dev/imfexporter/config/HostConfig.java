package dev.imfexporter.config;

import java.util.Optional;

/**
 * A host to watch.
 *
 * @param name also the machine's network name where the access needs one
 * @param smb how to log in and connect; there with access smb, and only there
 */
public record HostConfig(String name, Access access, Module module, Optional<Smb> smb) {

  /** A host of another access than smb. */
  public HostConfig(String name, Access access, Module module) {
    this(name, access, module, Optional.empty());
  }

  /**
   * How a host is reached over SMB.
   *
   * @param encryption whether a host that does not encrypt is refused
   */
  public record Smb(Auth auth, int port, boolean encryption) {}
}
