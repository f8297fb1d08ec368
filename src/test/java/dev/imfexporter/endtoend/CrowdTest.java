package dev.imfexporter.endtoend;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients do to a small exporter who do not mean it well, beside one who does. */
@Tag("endtoend")
@Timeout(180)
class CrowdTest {
  private static final int IDLE = 2_000;
  private static final int DRIPPING = 300;
  private static final int SCRAPES = 200;
  private static final Duration DRIP = Duration.ofMillis(500);

  /** Ten seconds, and what a loaded machine adds. */
  private static final Duration GONE = Duration.ofSeconds(13);

  private final List<Socket> sockets = new ArrayList<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @SuppressWarnings("NullAway.Init") // started before each test
  private Background exporter;

  @BeforeEach
  void start() throws IOException {
    Path parent = Files.createDirectories(Path.of("target/bed/endtoend").toAbsolutePath());
    Path folder = Files.createTempDirectory(parent, "crowd");
    int port = Background.freePort();
    exporter =
        Background.start(
            "exporter",
            folder,
            port,
            "/-/ready",
            LocalExporter.command(
                port, List.of("-Xmx64m"), "--demo.start=0s", "--web.max-connections=4096"));
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    exporter.close();
  }

  @Test
  void aCrowdOfClientsHoldsUpNoScrape() throws Exception {
    connect(IDLE);
    List<Socket> dripping = connect(DRIPPING);
    long begin = System.nanoTime();
    List<Socket> left = new ArrayList<>(dripping);
    boolean scraped = false;
    while (!left.isEmpty() && System.nanoTime() - begin < GONE.toNanos()) {
      left.removeIf(socket -> isGoneAfter(socket, "X"));
      scrape();
      if (!scraped) {
        floodWithHeaders();
        scrapeAtOnce();
        scraped = true;
      }
      waitUntil(begin, DRIP);
    }
    assertThat(left).as("dripping clients after %s", GONE).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(5));
    scrape();
    assertThat(exporter.dead()).isFalse();
  }

  private List<Socket> connect(int number) throws IOException {
    List<Socket> opened = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), exporter.port());
      socket.setSoTimeout(1);
      opened.add(socket);
      sockets.add(socket);
    }
    return opened;
  }

  /** Sends a piece of a header; whether the exporter has ended the connection. */
  private static boolean isGoneAfter(Socket socket, String piece) {
    try {
      socket.getOutputStream().write(piece.getBytes(US_ASCII));
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException nothingYet) {
      return false;
    } catch (IOException closed) {
      return true;
    }
  }

  /** Of 50 MB in all, of which none is a whole header. */
  private void floodWithHeaders() throws IOException {
    byte[] header = ("X-Flood: " + "x".repeat(1_000) + "\r\n").getBytes(US_ASCII);
    for (Socket socket : connect(50)) {
      try {
        socket.getOutputStream().write("GET /metrics HTTP/1.1\r\n".getBytes(US_ASCII));
        for (int i = 0; i < 1_000; i++) {
          socket.getOutputStream().write(header);
        }
      } catch (IOException refused) {
        // 431, and the connection is closed.
      }
    }
  }

  private void scrapeAtOnce() {
    List<CompletableFuture<HttpResponse<String>>> answers =
        IntStream.range(0, SCRAPES)
            .mapToObj(i -> client.sendAsync(metrics(), BodyHandlers.ofString()))
            .toList();
    assertThat(answers)
        .extracting(answer -> answer.join().statusCode())
        .hasSize(SCRAPES)
        .containsOnly(200);
  }

  private void scrape() throws Exception {
    HttpResponse<String> answer = client.send(metrics(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("imf_up ");
  }

  private HttpRequest metrics() {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:%d/metrics".formatted(exporter.port())))
        .timeout(Duration.ofSeconds(10))
        .build();
  }

  /** The next multiple of a duration after the begin: what the client does then is the test. */
  private static void waitUntil(long begin, Duration multiple) throws InterruptedException {
    long passed = System.nanoTime() - begin;
    long next = (passed / multiple.toNanos() + 1) * multiple.toNanos();
    Thread.sleep(Duration.ofNanos(next - passed).toMillis() + 1);
  }
}
