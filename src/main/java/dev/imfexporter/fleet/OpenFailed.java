package dev.imfexporter.fleet;

import dev.imfexporter.config.HostConfig;

/** A host cannot be opened, by a defect of this program; the others can. */
final class OpenFailed extends UsageException {
  private static final long serialVersionUID = 1L;

  OpenFailed(HostConfig host, Throwable cause) {
    super(
        "hosts.%s cannot be opened: %s. Please report it, with the log"
            .formatted(host.name(), cause));
    initCause(cause);
  }
}
