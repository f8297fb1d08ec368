package dev.imfexporter.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ConnectionGuardTest {
  private static final byte[] REQUEST = {'G'};

  private final ScheduledExecutorScheduler scheduler = new ScheduledExecutorScheduler();
  private final List<SocketChannel> clients = new ArrayList<>();
  private long now;
  private final ManualScheduler looks = new ManualScheduler();
  private final ConnectionGuard guard = new ConnectionGuard(2, looks, () -> now++);

  @SuppressWarnings("NullAway.Init") // before each
  private ServerSocketChannel listener;

  @BeforeEach
  void listen() throws IOException {
    listener =
        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @AfterEach
  void close() throws IOException {
    for (SocketChannel client : clients) {
      client.close();
    }
    listener.close();
  }

  @Test
  void theOldestMakesRoom() throws IOException {
    Unread first = open();
    Unread second = open();
    Unread third = open();

    assertThat(first.isOpen()).isFalse();
    assertThat(second.isOpen()).isTrue();
    assertThat(third.isOpen()).isTrue();
  }

  @Test
  void oneWhoseRequestIsNotReadYetStays() throws IOException {
    Unread first = open();
    first.receive();
    Unread second = open();
    Unread third = open();

    assertThat(first.isOpen()).isTrue();
    assertThat(second.isOpen()).isFalse();
    assertThat(third.isOpen()).isTrue();
  }

  @Test
  void theNewestGoesWhenAllOthersHaveSentARequest() throws IOException {
    Unread first = open();
    first.receive();
    Unread second = open();
    second.receive();
    Unread third = open();

    assertThat(first.isOpen()).isTrue();
    assertThat(second.isOpen()).isTrue();
    assertThat(third.isOpen()).isFalse();
  }

  /** On a port for TLS, before the first bytes came, and after them until the handshake is over. */
  @Test
  void theHandshakeBeginsWithTheConnection() throws Exception {
    guard.start();
    Unread undetected = open();
    looks.run();
    now += SECONDS.toNanos(6);
    Unread followed = undetected.follow();
    guard.onClosed(undetected);
    guard.onOpened(followed);
    looks.run();
    assertThat(undetected.isOpen()).isTrue();
    now += SECONDS.toNanos(4);
    looks.run();
    assertThat(undetected.isOpen()).isFalse();

    guard.onClosed(followed);
    open();
    Unread second = open();
    assertThat(second.isOpen()).isTrue();
    guard.stop();
  }

  /** Although the last look at it saw an answer. */
  @Test
  void aConnectionIsIdleOnceItsAnswerIsComplete() throws Exception {
    try (Answering server = new Answering();
        Socket client = server.ask()) {
      server.look();
      server.answer();
      assertThat(client.getInputStream().read()).isEqualTo('H');
      server.guard.closeIdle();
      assertThat(client.getInputStream().readAllBytes()).isNotEmpty();
    }
  }

  @Test
  void whatIsAnsweredAtTheEndIsClosedAfterIt() throws Exception {
    try (Answering server = new Answering();
        Socket client = server.ask()) {
      server.guard.closeIdle();
      server.answer();
      assertThat(new String(client.getInputStream().readAllBytes(), US_ASCII))
          .startsWith("HTTP/1.1 200");
    }
  }

  private Unread open() throws IOException {
    SocketChannel client = SocketChannel.open(listener.getLocalAddress());
    clients.add(client);
    SocketChannel accepted = listener.accept();
    accepted.configureBlocking(false);
    Unread connection =
        new Unread(client, new SocketChannelEndPoint(accepted, null, null, scheduler));
    guard.onOpened(connection);
    return connection;
  }

  /** A connection of which nothing is read. */
  private static final class Unread extends AbstractConnection implements Connection {
    private final SocketChannel client;

    Unread(SocketChannel client, EndPoint accepted) {
      super(accepted, Runnable::run);
      this.client = client;
    }

    /** The one that takes its place when its protocol is known. */
    Unread follow() {
      return new Unread(client, getEndPoint());
    }

    void receive() throws IOException {
      client.write(ByteBuffer.wrap(REQUEST));
      await().until(() -> accepted().socket().getInputStream().available() > 0);
    }

    boolean isOpen() {
      return accepted().isOpen();
    }

    private SocketChannel accepted() {
      return (SocketChannel) getEndPoint().getTransport();
    }

    @Override
    public void onFillable() {
      throw new AssertionError("nothing is read");
    }
  }

  /** A server that answers one request when the test says so; the test makes the looks too. */
  private static final class Answering implements AutoCloseable {
    private final Server jetty =
        new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final CompletableFuture<Callback> asked = new CompletableFuture<>();
    private final ManualScheduler looks = new ManualScheduler();
    final ConnectionGuard guard = new ConnectionGuard(2, looks, System::nanoTime);

    Answering() throws Exception {
      jetty.getConnectors()[0].addBean(guard, true);
      jetty.setHandler(
          new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
              guard.answers(request, response);
              asked.complete(callback);
              return true;
            }
          });
      jetty.start();
    }

    Socket ask() throws Exception {
      Socket client = new Socket(InetAddress.getLoopbackAddress(), jetty.getURI().getPort());
      client.setSoTimeout(10_000);
      client.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
      asked.get(10, SECONDS);
      return client;
    }

    void look() {
      looks.run();
    }

    void answer() {
      asked.join().succeeded();
    }

    @Override
    public void close() {
      LifeCycle.stop(jetty);
    }
  }
}
