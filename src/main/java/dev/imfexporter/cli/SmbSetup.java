package dev.imfexporter.cli;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.NotReached;
import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.smb.Login;
import dev.imfexporter.access.smb.SmbHost;
import dev.imfexporter.access.smb.SmbProtocol;
import dev.imfexporter.access.smb.Target;
import dev.imfexporter.config.Auth;
import dev.imfexporter.config.HostConfig;
import java.io.IOException;
import java.time.Duration;

/** Turns what the configuration says of a host with access smb into the way to it. */
final class SmbSetup {
  private static final Duration LONGEST_CALL = Duration.ofSeconds(5);

  private SmbSetup() {}

  static HostAccess open(HostConfig host, LoginGates gates) {
    HostConfig.Smb smb = host.smb().orElseThrow();
    Duration reading = host.module().readingTimeout();
    Duration call = reading.compareTo(LONGEST_CALL) < 0 ? reading : LONGEST_CALL;
    return new SmbHost(
        new Target(
            host.name(),
            smb.port(),
            () -> login(smb.auth()),
            gates.of(smb.auth()),
            protocol(smb),
            call),
        System::nanoTime);
  }

  private static SmbProtocol protocol(HostConfig.Smb smb) {
    if (smb.smb1()) {
      return smb.signing() ? SmbProtocol.SMB1 : SmbProtocol.SMB1_UNSIGNED;
    }
    return smb.encryption() ? SmbProtocol.SMB3_ENCRYPTED : SmbProtocol.SMB2;
  }

  private static Login login(Auth auth) throws AccessException {
    try {
      return new Login(auth.domain(), auth.username(), auth.secret().read());
    } catch (IOException e) {
      throw new NotReached(ErrorReason.AUTH, "auths." + auth.name() + ": " + e.getMessage());
    }
  }
}
