package dev.imfexporter.watch.mail;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.watch.model.Standing;
import java.util.Optional;

/**
 * SMTPSVC now.
 *
 * @param state empty when it is not installed, or the services could not be read
 * @param halted whether it has been down for longer than the host's limit
 */
public record SmtpService(Standing standing, Optional<ServiceState> state, boolean halted) {
  /** The services could not be read. */
  public static final SmtpService UNKNOWN =
      new SmtpService(Standing.UNKNOWN, Optional.empty(), false);
}
