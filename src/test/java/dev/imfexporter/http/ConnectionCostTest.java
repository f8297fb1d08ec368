package dev.imfexporter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.exposition.Build;
import dev.imfexporter.exposition.Exposition;
import dev.imfexporter.exposition.SelfMetrics;
import dev.imfexporter.page.Snapshots;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.websecurity.CurrentWebSecurity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What connections that stay open keep of the heap, which is 48 MiB by the launcher. */
@Timeout(60)
class ConnectionCostTest {
  private static final int CONNECTIONS = 200;
  private static final int REQUESTS = 3;

  /** For both ends, which are in this program. */
  private static final long MOST_BYTES = 20_000;

  private final SelfMetrics self = SelfMetrics.start(Build.of("1.2.3"));
  private final List<Socket> clients = new ArrayList<>();
  private final Server server = start();

  @AfterEach
  void close() throws IOException {
    for (Socket client : clients) {
      client.close();
    }
    server.close();
    self.close();
  }

  @Test
  void aConnectionThatAskedSeveralTimesKeepsLittle() throws Exception {
    RawHttp.head(connect(), "/-/healthy");
    long before = LiveObjects.now().bytes();
    for (int i = 0; i < CONNECTIONS; i++) {
      Socket client = connect();
      for (int n = 0; n < REQUESTS; n++) {
        assertThat(RawHttp.head(client, "/-/healthy")).startsWith("HTTP/1.1 200");
      }
    }
    assertThat((LiveObjects.now().bytes() - before) / CONNECTIONS).isLessThan(MOST_BYTES);
  }

  private Socket connect() throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port());
    client.setSoTimeout(20_000);
    clients.add(client);
    return client;
  }

  private Server start() {
    try {
      return Server.start(
          WebSettings.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
          CurrentWebSecurity.none(),
          new FakeWatched(new FakeHost("mail01")),
          new Exposition(self),
          (route, method, status, nanoseconds) -> {},
          () -> new Moment(Snapshots.NOW, Duration.ZERO),
          "1.2.3");
    } catch (BindFailed e) {
      throw new IllegalStateException(e);
    }
  }
}
