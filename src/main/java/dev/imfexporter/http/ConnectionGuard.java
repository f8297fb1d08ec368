package dev.imfexporter.http;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the open connections of all connectors together, and closes those of slow clients ({@link
 * SlowClient}). When there are too many, one without a request goes: first of clients that never
 * sent one, the oldest first, so that a scraper keeps its own; never one whose request has come but
 * has not been read yet. A connector has it as a bean, so that it learns of connections and of
 * their handshakes. Thread-safe.
 */
final class ConnectionGuard extends AbstractLifeCycle
    implements Connection.Listener, SslHandshakeListener {
  private static final Comparator<Client> LEAST_USED =
      Comparator.comparing((Client client) -> client.connection.getMessagesIn() > 0)
          .thenComparing(client -> client.course.since());

  private final int most;
  private final Scheduler scheduler;
  private final LongSupplier nanoTime;

  private volatile boolean ending;

  /** By the end that has the socket, the oldest first. Guarded by itself. */
  private final Map<EndPoint, Client> clients = new LinkedHashMap<>();

  private static final class Client {
    private final EndPoint end;
    private final SlowClient course;

    /** The first one of TLS knows the first bytes only; another one follows it. */
    private volatile Connection connection;

    private volatile @Nullable Response answer;

    /** Bytes of TLS that had come when the handshake succeeded; null before. */
    private volatile @Nullable Long handshake;

    Client(EndPoint end, Connection connection, long now) {
      this.end = end;
      this.connection = connection;
      this.course = new SlowClient(now);
    }

    boolean isTooSlow(long now) {
      Response sent = answer;
      return course.isTooSlow(
          new SlowClient.Look(
              Math.max(0, connection.getMessagesIn()),
              sent != null,
              sent != null && sent.isCommitted(),
              received(),
              isInHandshake()),
          now);
    }

    /** By an engine's state this cannot be seen: by TLS 1.3, it has keys before its client. */
    private boolean isInHandshake() {
      return tls(connection).isPresent() ? handshake == null : isUndetected(connection);
    }

    /**
     * Bytes after the handshake. What came with the last ones of it shows once it is decrypted,
     * what is less than a record never is: so both counts are needed, and only their growth means
     * anything. A connection that does not count has -1.
     */
    private long received() {
      Long before = handshake;
      return tls(connection)
          .map(tls -> before == null ? 0 : tls.getBytesIn() - before + connection.getBytesIn())
          .orElseGet(() -> Math.max(0, connection.getBytesIn()));
    }

    /** Whether it may be closed without a loss. */
    boolean isIdle() {
      return answer == null;
    }

    /** Whether bytes wait to be read: a request may be among them. */
    boolean hasUnread() {
      if (!(end.getTransport() instanceof SocketChannel channel)) {
        return false;
      }
      try {
        return channel.socket().getInputStream().available() > 0;
      } catch (IOException closed) {
        return false;
      }
    }

    /** Without a farewell by TLS, for which a client might not wait. */
    void close() {
      end.close();
    }
  }

  /**
   * @param most connections at once
   * @param scheduler started before this
   * @param nanoTime as {@link System#nanoTime}
   */
  ConnectionGuard(int most, Scheduler scheduler, LongSupplier nanoTime) {
    this.most = most;
    this.scheduler = scheduler;
    this.nanoTime = nanoTime;
  }

  /** A request is answered from now on until it is complete. */
  void answers(Request request, Response response) {
    Client client;
    synchronized (clients) {
      client = clients.get(end(request.getConnectionMetaData().getConnection()));
    }
    if (client != null) {
      client.answer = response;
      Request.addCompletionListener(request, failure -> answered(client));
    }
  }

  private void answered(Client client) {
    client.answer = null;
    if (ending) {
      client.close();
    }
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof SslConnection) {
      return; // Counted by the connection that it encrypts.
    }
    EndPoint end = end(connection);
    Optional<Client> superfluous;
    synchronized (clients) {
      Client known = clients.get(end);
      if (known != null) {
        known.connection = connection;
        return;
      }
      Client opened = new Client(end, connection, nanoTime.getAsLong());
      superfluous = clients.size() < most ? Optional.empty() : Optional.of(leastUsed(opened));
      clients.put(end, opened);
      superfluous.ifPresent(client -> clients.remove(client.end));
    }
    superfluous.ifPresent(Client::close);
  }

  @Override
  public void onClosed(Connection connection) {
    boolean followed = isUndetected(connection) && connection.getEndPoint().isOpen();
    if (!followed) {
      synchronized (clients) {
        clients.remove(end(connection));
      }
    }
  }

  @Override
  public void handshakeSucceeded(Event event) {
    Connection connection = event.getEndPoint().getConnection();
    Client client;
    synchronized (clients) {
      client = clients.get(end(connection));
    }
    if (client != null) {
      tls(connection).ifPresent(tls -> client.handshake = tls.getBytesIn());
    }
  }

  /** Whether its protocol is not known yet: the others know about requests, or are of TLS. */
  private static boolean isUndetected(Connection connection) {
    return !(connection instanceof ConnectionMetaData || connection instanceof SslConnection);
  }

  private static EndPoint end(Connection connection) {
    return tls(connection).map(Connection::getEndPoint).orElseGet(connection::getEndPoint);
  }

  private static Optional<SslConnection> tls(Connection connection) {
    return connection.getEndPoint() instanceof SslConnection.SslEndPoint encrypted
        ? Optional.of(encrypted.getSslConnection())
        : Optional.empty();
  }

  /**
   * Closes what no request is answered on, now and once an answer is complete, so that the server's
   * stop waits for answers alone.
   */
  void closeIdle() {
    ending = true;
    List<Client> idle;
    synchronized (clients) {
      idle = clients.values().stream().filter(Client::isIdle).toList();
    }
    idle.forEach(Client::close);
  }

  private Client leastUsed(Client opened) {
    List<Client> idle = clients.values().stream().filter(Client::isIdle).toList();
    return idle.stream()
        .min(LEAST_USED)
        .filter(client -> !client.hasUnread())
        // Only then all of them, since each look is a call of the system.
        .or(() -> idle.stream().filter(each -> !each.hasUnread()).min(LEAST_USED))
        .orElse(opened);
  }

  private List<Client> slow(long now) {
    synchronized (clients) {
      return clients.values().stream().filter(client -> client.isTooSlow(now)).toList();
    }
  }

  @Override
  protected void doStart() {
    later();
  }

  private void later() {
    scheduler.schedule(this::look, SlowClient.BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      slow(nanoTime.getAsLong()).forEach(Client::close);
    } finally {
      if (isRunning() || isStarting()) {
        later();
      }
    }
  }
}
