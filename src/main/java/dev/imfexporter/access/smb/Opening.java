package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException.NotReached;
import dev.imfexporter.access.ErrorReason;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What it takes to open a session.
 *
 * @param addresses of the host, at least one
 * @param nanoTime a monotonic clock of this machine
 * @param stage receives what the opening waits for from now on
 */
record Opening(
    SmbHostConfig config,
    Credentials login,
    List<InetAddress> addresses,
    LongSupplier nanoTime,
    Consumer<OpeningStage> stage) {

  /**
   * The account for SMB 1, which is spoken with NTLM only.
   *
   * @throws NotReached for another one
   */
  Login ntlm() throws NotReached {
    if (login instanceof Login known) {
      return known;
    }
    throw new NotReached(
        ErrorReason.AUTH, config + " is not asked: SMB 1 is spoken with NTLM only");
  }
}
