package dev.imfexporter.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imfexporter.websecurity.ClientAuth;
import dev.imfexporter.websecurity.CurrentWebSecurity;
import dev.imfexporter.websecurity.WebSecurity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long connections by TLS may do nothing; the test makes the looks at them, and the time. */
@Timeout(30)
class TlsDeadlineTest {
  private final Server jetty = new Server();
  private final AtomicLong now = new AtomicLong();
  private final ManualScheduler looks = new ManualScheduler();
  private final ConnectionGuard guard = new ConnectionGuard(16, looks, now::get);
  private final CountDownLatch succeeded = new CountDownLatch(1);
  private final List<Socket> sockets = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    // Without a certificate of a client, which TLS 1.3 still asks for.
    WebSecurity security =
        SecuredServerTest.withTls(SecuredServerTest.tls(ClientAuth.REQUEST_CLIENT_CERT));
    jetty.addBean(guard, true);
    new Connectors(
            jetty,
            guard,
            new CurrentWebSecurity(security, () -> security, System::nanoTime),
            (route, method, status, nanoseconds) -> {})
        .add(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    connector()
        .addBean(
            new SslHandshakeListener() {
              @Override
              public void handshakeSucceeded(Event event) {
                succeeded.countDown();
              }
            });
    jetty.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            guard.answers(request, response);
            callback.succeeded();
            return true;
          }
        });
    jetty.start();
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    LifeCycle.stop(jetty);
  }

  /** By TLS 1.3, the server has sent all of its part by then and has keys. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aClientThatGoesSilentAmidTheHandshakeIsClosedAfterTenSeconds(String version)
      throws Exception {
    HoldingBack connection = connect();
    SSLSocket client = secured(connection, version);
    // By TLS 1.2, it ends with words of the server; by 1.3, the client believes it is over.
    Thread handshake = new Thread(() -> tryHandshake(client));
    handshake.start();
    connection.held.await();
    pass(8_500);
    assertThat(connector().getConnectedEndPoints()).singleElement().matches(end -> end.isOpen());
    pass(1_000);
    assertThat(connector().getConnectedEndPoints()).noneMatch(end -> end.isOpen());
    client.close();
    handshake.join();
  }

  /** However late its hello and however soon the look after it; a minute later Jetty closes it. */
  @ParameterizedTest
  @CsvSource({"TLSv1.2, false", "TLSv1.2, true", "TLSv1.3, false", "TLSv1.3, true"})
  void aClientMayAskLongAfterItsHandshake(String version, boolean isLate) throws Exception {
    HoldingBack connection = connect();
    connection.letThrough();
    if (isLate) {
      await().until(() -> !connector().getConnectedEndPoints().isEmpty());
      pass(2_000);
    }
    SSLSocket client = secured(connection, version);
    client.startHandshake();
    succeeded.await();
    pass(50_000);
    assertThat(RawHttp.head(client, "/")).startsWith("HTTP/1.1 200");
  }

  @Test
  void halfARequestThatComesWithTheEndOfTheHandshakeHasADeadline() throws Exception {
    HoldingBack connection = connect();
    SSLSocket client = secured(connection, "TLSv1.3");
    client.startHandshake();
    client.getOutputStream().write("GET / HT".getBytes(US_ASCII));
    connection.letThrough();
    succeeded.await();
    await()
        .until(
            () -> {
              pass(500);
              return connector().getConnectedEndPoints().stream().noneMatch(end -> end.isOpen());
            });
  }

  private ServerConnector connector() {
    return (ServerConnector) jetty.getConnectors()[0];
  }

  private HoldingBack connect() throws IOException {
    HoldingBack socket = new HoldingBack(connector().getLocalPort());
    sockets.add(socket);
    return socket;
  }

  private static SSLSocket secured(Socket socket, String version) throws Exception {
    SSLSocket client =
        (SSLSocket)
            SecuredServerTest.trusting()
                .getSocketFactory()
                .createSocket(socket, "localhost", socket.getPort(), true);
    client.setEnabledProtocols(new String[] {version});
    return client;
  }

  private static void tryHandshake(SSLSocket client) {
    try {
      client.startHandshake();
    } catch (IOException closed) {
      // As the server or the test ends it.
    }
  }

  /** With a look at the beginning, and one after each half of a second. */
  private void pass(long millis) {
    long end = now.get() + MILLISECONDS.toNanos(millis);
    looks.run();
    while (now.get() < end) {
      now.addAndGet(SlowClient.BETWEEN.toNanos());
      looks.run();
    }
  }

  /** Sends what is written first, the hello, and keeps the rest until it is let through. */
  private static final class HoldingBack extends Socket {
    final CountDownLatch held = new CountDownLatch(1);
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean begun;
    private boolean through;

    HoldingBack(int port) throws IOException {
      super(InetAddress.getLoopbackAddress(), port);
      setSoTimeout(20_000);
    }

    synchronized void letThrough() throws IOException {
      through = true;
      super.getOutputStream().write(kept.toByteArray());
    }

    private synchronized void write(byte[] bytes) throws IOException {
      if (!begun || through) {
        begun = true;
        super.getOutputStream().write(bytes);
      } else {
        kept.write(bytes);
        held.countDown();
      }
    }

    @Override
    public OutputStream getOutputStream() {
      return new OutputStream() {
        @Override
        public void write(int one) throws IOException {
          HoldingBack.this.write(new byte[] {(byte) one});
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          HoldingBack.this.write(Arrays.copyOfRange(bytes, offset, offset + length));
        }
      };
    }
  }
}
