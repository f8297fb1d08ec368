package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException.NotReached;
import dev.imfexporter.access.AccessException.Unsupported;
import dev.imfexporter.access.Files.Sample;
import dev.imfexporter.access.smb.rpc.PipeOpener;
import dev.imfexporter.access.smb.rpc.Protection;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A session with a host. Each call has a deadline, and fails with a {@link StatusException} when
 * the host answers with an error. A session whose connection was lost cannot be used again.
 * Thread-safe.
 */
sealed interface SmbSession extends PipeOpener, AutoCloseable permits Smb2Session, Smb1Session {

  /** Tries the addresses one after the other, until one refuses the account. */
  static SmbSession open(Opening opening) throws IOException, NotReached {
    SmbHostConfig config = opening.config();
    IOException failure = null;
    for (InetAddress address : opening.addresses()) {
      opening.stage().accept(OpeningStage.CONNECTION);
      try {
        return config.protocol().isSmb1()
            ? Smb1Session.open(address, opening)
            : Smb2Session.open(address, opening);
      } catch (IOException e) {
        failure = e;
      }
    }
    throw failure == null ? new IOException("The name has no address") : failure;
  }

  /** Whether its connection is open, as far as can be said without a call. */
  boolean alive();

  /** Whether a new one should take its place, because the host will end it soon. */
  default boolean due() {
    return false;
  }

  /**
   * What seals the calls of one connection to an interface.
   *
   * @throws Unsupported if the key of the log-in is of a type that seals none
   */
  Protection sealing() throws Unsupported;

  /** Why the account, which has Kerberos, logged in by NTLM; empty if it did not. */
  default Optional<String> fallback() {
    return Optional.empty();
  }

  /**
   * Lists a folder of a share page by page, since a queue may hold a million messages.
   *
   * @param folder below the share, "" for all of it
   * @param enough called before each entry; true ends the listing
   * @return empty if there is no such folder
   */
  Optional<Sample> list(String share, String folder, int most, BooleanSupplier enough)
      throws IOException;

  /**
   * How much room the volume of a folder has, in bytes.
   *
   * @param free of a volume with quotas over SMB 1: what the account may use
   */
  record Space(long free, long size) {}

  /**
   * Asks for the room on the volume that holds a folder of a share; over SMB 1, on that of the
   * share.
   *
   * @param folder below the share, "" for the share itself
   * @return empty if there is no such folder
   */
  Optional<Space> space(String share, String folder) throws IOException;

  /** Logs off and closes the connection. */
  @Override
  void close();

  /** Closes the connection without a logoff. */
  void abandon();
}
