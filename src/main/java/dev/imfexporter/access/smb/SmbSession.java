package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException.NotReached;
import dev.imfexporter.access.Files.Sample;
import dev.imfexporter.access.smb.rpc.PipeOpener;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A session with a host. Thread-safe; each call has a deadline (not the resolution of the host's
 * name), and fails with a {@link StatusException} when the host says no. After the loss of its
 * connection it is of no more use.
 */
sealed interface SmbSession extends PipeOpener, AutoCloseable permits Smb2Session, Smb1Session {

  /** Tries every address of the name in turn; an account that is refused is refused at once. */
  static SmbSession open(Target target, Login login) throws IOException, NotReached {
    IOException failure = null;
    for (InetAddress address : InetAddress.getAllByName(target.host())) {
      try {
        return target.protocol().isSmb1()
            ? Smb1Session.open(address, target, login)
            : Smb2Session.open(address, target, login);
      } catch (IOException e) {
        failure = e;
      }
    }
    throw failure == null ? new IOException("The name has no address") : failure;
  }

  /** Whether its connection stands, as far as is known without asking. */
  boolean alive();

  /**
   * A folder of a share, page by page: a queue may hold a million messages.
   *
   * @param folder below the share, "" for all of it
   * @param enough asked after each entry
   * @return empty if there is no such folder
   */
  Optional<Sample> list(String share, String folder, int most, BooleanSupplier enough)
      throws IOException;

  /** Says good-bye. */
  @Override
  void close();

  /** Closes the connection and waits for nobody. */
  void abandon();
}
