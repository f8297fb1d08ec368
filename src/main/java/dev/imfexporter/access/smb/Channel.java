package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A client of one interface that stays open between calls. One call at a time; the next one waits.
 *
 * @param <C> the client
 */
final class Channel<C extends AutoCloseable> implements AutoCloseable {
  private final SmbLink link;
  private final Opener<C> opener;
  private @Nullable C client;
  private SmbLink.@Nullable Opened on;

  @FunctionalInterface
  interface Opener<C> {
    C open(SmbLink.Opened session) throws IOException, AccessException;
  }

  @FunctionalInterface
  interface Call<C, T> {
    T on(C client) throws IOException, AccessException;
  }

  Channel(SmbLink link, Opener<C> opener) {
    this.link = link;
    this.opener = opener;
  }

  /** Calls; once more on a fresh session when the one that was kept turns out to be dead. */
  synchronized <T> T call(Call<C, T> call) throws AccessException {
    boolean kept = client != null;
    try {
      return once(call);
    } catch (IOException | RuntimeException e) {
      if (!kept || Failures.isTimeout(e) || Failures.isAnswer(e)) {
        throw Failures.of(e, link.target());
      }
    }
    try {
      return once(call);
    } catch (IOException | RuntimeException e) {
      throw Failures.of(e, link.target());
    }
  }

  private <T> T once(Call<C, T> call) throws IOException, AccessException {
    SmbLink.Opened session = link.open();
    try {
      C now = client;
      if (now == null || !session.equals(on)) {
        drop();
        now = opener.open(session);
        client = now;
        on = session;
      }
      T answer = call.on(now);
      link.answered();
      return answer;
    } catch (IOException | RuntimeException e) {
      // First: then nobody waits for an answer to a good-bye.
      link.failed(session.session(), e);
      drop();
      throw e;
    }
  }

  private void drop() {
    C old = client;
    client = null;
    on = null;
    if (old != null) {
      close(old);
    }
  }

  private static void close(AutoCloseable client) {
    try {
      client.close();
    } catch (Exception lost) {
      // The host has forgotten it.
    }
  }

  @Override
  public synchronized void close() {
    drop();
  }
}
