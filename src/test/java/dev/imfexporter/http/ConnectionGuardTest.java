package dev.imfexporter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionGuardTest {
  private static final byte[] REQUEST = {'G'};

  private final ScheduledExecutorScheduler scheduler = new ScheduledExecutorScheduler();
  private final List<SocketChannel> clients = new ArrayList<>();
  private long now;
  private final ConnectionGuard guard = new ConnectionGuard(2, scheduler, () -> now++);

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

  private Unread open() throws IOException {
    SocketChannel client = SocketChannel.open(listener.getLocalAddress());
    clients.add(client);
    SocketChannel accepted = listener.accept();
    accepted.configureBlocking(false);
    Unread connection = new Unread(client, accepted, scheduler);
    guard.onOpened(connection);
    return connection;
  }

  /** A connection of which nothing is read. */
  private static final class Unread extends AbstractConnection implements Connection {
    private final SocketChannel client;
    private final SocketChannel accepted;

    Unread(SocketChannel client, SocketChannel accepted, ScheduledExecutorScheduler scheduler) {
      super(new SocketChannelEndPoint(accepted, null, null, scheduler), Runnable::run);
      this.client = client;
      this.accepted = accepted;
    }

    void receive() throws IOException {
      client.write(ByteBuffer.wrap(REQUEST));
      await().until(() -> accepted.socket().getInputStream().available() > 0);
    }

    boolean isOpen() {
      return accepted.isOpen();
    }

    @Override
    public void onFillable() {
      throw new AssertionError("nothing is read");
    }
  }
}
