package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.smb.rpc.RpcTransport;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A client of one interface that stays open between calls. One call at a time; the next one waits.
 *
 * @param <C> the client
 */
final class RpcChannel<C extends AutoCloseable> implements AutoCloseable {
  private final SmbConnection connection;
  private final Opener<C> opener;
  private @Nullable C client;
  private SmbConnection.@Nullable Opened on;

  @FunctionalInterface
  interface Opener<C> {
    C open(RpcTransport transport) throws IOException, AccessException;
  }

  @FunctionalInterface
  interface Call<C, T> {
    T on(C client) throws IOException, AccessException;
  }

  RpcChannel(SmbConnection connection, Opener<C> opener) {
    this.connection = connection;
    this.opener = opener;
  }

  /** Calls, and once more on a fresh client when the one that was kept turns out to be dead. */
  synchronized <T> T call(Call<C, T> call) throws AccessException {
    boolean kept = client != null;
    try {
      return once(call);
    } catch (IOException | RuntimeException e) {
      if (!kept || !Failures.isLoss(e)) {
        throw Failures.of(e, connection.config());
      }
    }
    try {
      return once(call);
    } catch (IOException | RuntimeException e) {
      throw Failures.of(e, connection.config());
    }
  }

  private <T> T once(Call<C, T> call) throws IOException, AccessException {
    SmbConnection.Opened session = connection.open();
    try {
      C now = client;
      if (now == null || !session.equals(on)) {
        close();
        now = opener.open(session.rpc());
        client = now;
        on = session;
      }
      T answer = call.on(now);
      connection.answered();
      return answer;
    } catch (IOException | RuntimeException e) {
      // Before the client is closed: closing makes no call on a connection that is lost.
      connection.failed(session.session(), e);
      close();
      throw e;
    }
  }

  @Override
  public synchronized void close() {
    C old = client;
    client = null;
    on = null;
    if (old != null) {
      try {
        old.close();
      } catch (Exception lost) {
        // The session is gone, and the client's pipe with it.
      }
    }
  }
}
