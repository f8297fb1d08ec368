package dev.imfexporter.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.Duration.ofMillis;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.exposition.Build;
import dev.imfexporter.exposition.Exposition;
import dev.imfexporter.exposition.Format;
import dev.imfexporter.exposition.SelfMetrics;
import dev.imfexporter.page.Snapshots;
import dev.imfexporter.testing.LogCapture;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.websecurity.CurrentWebSecurity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scrapes within a tenth of a second, on a server whose metrics have a clock of the test. */
@Timeout(30)
class SharedScrapesTest {
  private static final int MANY = 40;

  private record Timed(String route, String method, int status) {}

  private final FakeHost host = new FakeHost("mail01");
  private final BlockingQueue<Timed> timed = new LinkedBlockingQueue<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final SelfMetrics self = SelfMetrics.start(Build.of("1.2.3"));
  private final AtomicLong now = new AtomicLong();
  private final Server server = start();

  @BeforeEach
  void wasObserved() throws InterruptedException {
    host.entered.acquire();
    host.deadlines.clear();
  }

  @AfterEach
  void close() {
    host.release();
    server.close();
    self.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "identity"})
  void theSecondOneGetsThePageOfTheFirstWithTheSameHeaders(String encoding) throws Exception {
    HttpRequest request = scrape("/metrics").header("Accept-Encoding", encoding).build();
    HttpResponse<byte[]> first = client.send(request, BodyHandlers.ofByteArray());
    HttpResponse<byte[]> second = client.send(request, BodyHandlers.ofByteArray());

    assertThat(host.deadlines).hasSize(1);
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(withoutDate(second)).isEqualTo(withoutDate(first));
    for (int i = 0; i < 2; i++) {
      assertThat(timed.poll(10, SECONDS)).isEqualTo(new Timed("/metrics", "GET", 200));
    }
  }

  @Test
  void aTenthOfASecondLaterTheHostIsAskedAnew() throws Exception {
    assertThat(get("/metrics")).isEqualTo(200);
    now.addAndGet(Duration.ofMillis(100).toNanos());
    assertThat(get("/metrics")).isEqualTo(200);

    assertThat(host.deadlines).hasSize(2);
  }

  @Test
  void whatIsAskedOtherwiseTakesItsOwnWay() throws Exception {
    assertThat(get("/metrics")).isEqualTo(200);
    assertThat(get("/probe?target=mail01")).isEqualTo(200);

    assertThat(host.deadlines).hasSize(2);
  }

  @Test
  void thoseThatComeWhileTheFirstIsUnderWayGetItsPage() throws Exception {
    host.hold();
    List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
    answers.add(client.sendAsync(scrape("/metrics").build(), BodyHandlers.ofByteArray()));
    host.entered.acquire();
    for (int i = 0; i < MANY; i++) {
      answers.add(client.sendAsync(scrape("/metrics").build(), BodyHandlers.ofByteArray()));
    }
    assertThat(get("/-/healthy")).isEqualTo(200);
    host.release();

    byte[] page = answers.get(0).get().body();
    for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
      assertThat(answer.get().statusCode()).isEqualTo(200);
      assertThat(answer.get().body()).isEqualTo(page);
    }
    assertThat(host.deadlines).hasSize(1);
  }

  /** Of an answer larger than what the sockets take, whose client does not read. */
  @Test
  void aFirstOneThatDoesNotReadHoldsUpNoOther() throws Exception {
    try (HeldPage held = new HeldPage(64 << 20);
        Socket first = new Socket(InetAddress.getLoopbackAddress(), held.uri().getPort())) {
      first.getOutputStream().write("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
      held.arrived.acquire();
      var second = held.scrape();
      held.make();

      assertThat(second.get(15, SECONDS).statusCode()).isEqualTo(200);
    }
  }

  /** Else, where many wait, each one that is answered too late would make a page, and be later. */
  @Test
  void thoseThatWaitedGetThePageOfTheFirstHoweverOldItIs() throws Exception {
    try (HeldPage held = new HeldPage(1)) {
      var first = held.scrape();
      List<CompletableFuture<HttpResponse<byte[]>>> waiting = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        waiting.add(held.scrape());
      }
      held.perLook = Duration.ofMillis(200).toNanos();
      held.make();

      assertThat(first.get().statusCode()).isEqualTo(200);
      byte[] page = held.metrics.newest(Format.TEXT).orElseThrow().body();
      for (CompletableFuture<HttpResponse<byte[]>> answer : waiting) {
        assertThat(answer.get().body()).isEqualTo(page);
      }
      assertThat(held.asked).hasValue(1);
    }
  }

  /** The first one is held up beyond its own deadline. */
  @Test
  void theWaitBehindAFirstOneEndsWithTheOwnDeadline() throws Exception {
    host.hold();
    HttpRequest request = scrape("/metrics").header(ScrapeDeadline.HEADER, "0.1").build();
    var first = client.sendAsync(request, BodyHandlers.discarding());
    host.entered.acquire();

    assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(503);
    assertThat(first).isNotDone();
  }

  @Test
  void aShorterTimeoutIsKeptBesideALongerOne() throws Exception {
    host.hold();
    for (String timeout : List.of("10", "5")) {
      HttpRequest request = scrape("/metrics").header(ScrapeDeadline.HEADER, timeout).build();
      var unused = client.sendAsync(request, BodyHandlers.discarding());
      host.entered.acquire();
    }

    assertThat(host.deadlines).containsExactly(ofMillis(9_500), ofMillis(4_500));
  }

  @Test
  void thoseBehindAFirstOneThatFailsAreAnsweredToo() throws Exception {
    host.hold();
    host.failure = new IllegalStateException("broken on purpose");
    try (LogCapture log = LogCapture.of(Routes.class)) {
      List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        answers.add(client.sendAsync(scrape("/metrics").build(), BodyHandlers.ofByteArray()));
      }
      host.entered.acquire();
      host.release();
      for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
        assertThat(answer.get().statusCode()).isEqualTo(500);
      }
      assertThat(log.thrown()).isNotEmpty();
    }
    host.failure = null;
    assertThat(get("/metrics")).isEqualTo(200);
  }

  private int get(String path) throws Exception {
    return client.send(scrape(path).build(), BodyHandlers.discarding()).statusCode();
  }

  private HttpRequest.Builder scrape(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path));
  }

  private static Map<String, List<String>> withoutDate(HttpResponse<?> answer) {
    Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
    headers.keySet().removeIf("date"::equalsIgnoreCase);
    return headers;
  }

  private Server start() {
    try {
      return Server.start(
          WebSettings.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
          CurrentWebSecurity.none(),
          new FakeWatched(host),
          new Exposition(self, now::get),
          (route, method, status, nanoseconds) -> timed.add(new Timed(route, method, status)),
          () -> new Moment(Snapshots.NOW, Duration.ofNanos(now.get())),
          "1.2.3");
    } catch (BindFailed e) {
      throw new IllegalStateException(e);
    }
  }

  /** Scrapes of a route whose page is made when the test says so. */
  private final class HeldPage implements AutoCloseable {
    /** Of scrapes that are answered or wait. */
    final Semaphore arrived = new Semaphore(0);

    final AtomicInteger asked = new AtomicInteger();

    /** How far the clock goes with each look at it. */
    volatile long perLook;

    final Exposition metrics = new Exposition(self, () -> now.addAndGet(perLook));
    private final CompletableFuture<Void> made = new CompletableFuture<>();
    private final org.eclipse.jetty.server.Server jetty =
        new org.eclipse.jetty.server.Server(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    /**
     * @param bytes of the answer to the first one
     */
    HeldPage(int bytes) throws Exception {
      Handler routes =
          new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
              asked.incrementAndGet();
              CompletableFuture<Void> unused =
                  made.thenRun(
                      () -> {
                        metrics.page(Format.TEXT, Optional.empty());
                        response.write(true, ByteBuffer.allocate(bytes), callback);
                      });
              return true;
            }
          };
      Handler shared =
          new SharedScrapes(
              "",
              "/metrics",
              metrics,
              (route, method, status, nanoseconds) -> {},
              jetty.getThreadPool(),
              () -> new Moment(Snapshots.NOW, Duration.ZERO),
              routes);
      jetty.setHandler(
          new Handler.Wrapper(shared) {
            @Override
            public boolean handle(Request request, Response response, Callback callback)
                throws Exception {
              boolean handled = super.handle(request, response, callback);
              arrived.release();
              return handled;
            }
          });
      jetty.start();
    }

    CompletableFuture<HttpResponse<byte[]>> scrape() throws InterruptedException {
      var answer =
          client.sendAsync(
              HttpRequest.newBuilder(uri().resolve("/metrics")).build(),
              BodyHandlers.ofByteArray());
      arrived.acquire();
      return answer;
    }

    void make() {
      made.complete(null);
    }

    URI uri() {
      return jetty.getURI();
    }

    @Override
    public void close() {
      LifeCycle.stop(jetty);
    }
  }
}
