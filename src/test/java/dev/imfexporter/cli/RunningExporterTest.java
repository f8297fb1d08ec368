package dev.imfexporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.imfexporter.RestoredLog;
import dev.imfexporter.fleet.UsageException;
import dev.imfexporter.journal.JournalReader;
import dev.imfexporter.preflight.Hosts;
import dev.imfexporter.preflight.Preflight;
import dev.imfexporter.report.ReportJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands beside an exporter that plays the demo from another point of its story. */
@Timeout(60)
@ExtendWith(RestoredLog.class)
class RunningExporterTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream log = new PrintStream(OutputStream.nullOutputStream(), true, UTF_8);

  @Test
  void diagnoseAndPreflightSayWhatTheExporterSays() throws InterruptedException {
    Thread exporter = exporter("4m");
    try {
      URI url =
          await().until(() -> JournalReader.exporter(folder), found -> found.isPresent()).get();

      assertThat(run("diagnose", "--storage.path=" + folder)).isEqualTo(1);
      assertThat(out.toString(UTF_8)).startsWith("Mail on demo is interrupted");
      assertThat(err.toString(UTF_8)).isEqualTo("As the exporter at " + url + " sees demo:\n");

      out.reset();
      assertThat(run("diagnose", "--storage.path=" + folder, "--tz=Asia/Kolkata")).isEqualTo(1);
      assertThat(out.toString(UTF_8)).contains(" IST").doesNotContain(" UTC");

      out.reset();
      err.reset();
      assertThat(run("preflight", "demo", "--exporter=" + url)).isEqualTo(1);
      assertThat(out.toString(UTF_8))
          .startsWith("demo is not ready")
          .contains("IISADMIN should run");
      assertThat(err.toString(UTF_8))
          .isEqualTo("Asking the exporter at %s about demo ...\n".formatted(url));

      out.reset();
      assertThat(run("diagnose", "--storage.path=" + folder, "--exporter=none")).isLessThan(2);
      assertThat(err.toString(UTF_8)).contains("Reading demo by access demo ...");

      err.reset();
      assertThat(run("diagnose", "mail02", "--exporter=" + url)).isEqualTo(2);
      assertThat(err.toString(UTF_8))
          .contains("says of mail02: There is no such host, but demo.\n");
    } finally {
      exporter.interrupt();
      exporter.join();
    }
    assertThat(JournalReader.exporter(folder)).isEmpty();
  }

  /** The host that the command would play is in order; that of the exporter is not. */
  @Test
  void evidenceIsThatOfTheExporter() throws Exception {
    Thread exporter = exporter("4m");
    Path archive = folder.resolve("a.zip");
    try {
      URI url =
          await().until(() -> JournalReader.exporter(folder), found -> found.isPresent()).get();

      assertThat(run("evidence", "--storage.path=" + folder, "--output=" + archive)).isZero();
      assertThat(out.toString(UTF_8)).isEqualTo(archive + "\n");
      assertThat(err.toString(UTF_8))
          .startsWith("As the exporter at %s sees demo:\nThe evidence is as of ".formatted(url));
      Map<String, String> files = EvidenceCommandTest.files(archive);
      assertThat(files.get("summary.txt")).contains("Mail on demo is interrupted");
      assertThat(files.get("events.json")).containsPattern("\"last_day\" : \\[\\s+\\{");

      err.reset();
      assertThat(
              run(
                  "evidence",
                  "demo",
                  "--exporter=" + url,
                  "--episode=77",
                  "--output=" + folder.resolve("b.zip")))
          .isEqualTo(2);
      assertThat(err.toString(UTF_8))
          .contains("says of demo: demo has no episode 77; known: 1. /hosts/demo lists");

      err.reset();
      assertThat(run("evidence", "--exporter=none", "--output=" + folder.resolve("c.zip")))
          .isZero();
      assertThat(err.toString(UTF_8))
          .contains("Reading demo by access demo ...", "The evidence is as of ");
    } finally {
      exporter.interrupt();
      exporter.join();
    }
  }

  @Test
  void whatIsNoArchiveIsNotWritten() throws IOException {
    Path archive = folder.resolve("a.zip");
    HttpServer other = server(exchange -> answer(exchange, 200, "application/zip", "PK"));
    try {
      assertThat(run("evidence", "demo", "--exporter=" + url(other), "--output=" + archive))
          .isEqualTo(2);
    } finally {
      other.stop(0);
    }
    assertThat(err.toString(UTF_8)).contains("is of another version, or is none: ");
    assertThat(archive).doesNotExist();
  }

  @Test
  void hostIsReadWhenTheExporterOfTheFolderWasKilled() throws IOException {
    Files.writeString(folder.resolve("lock"), "4242\nhttp://127.0.0.1:1\n");

    assertThat(run("diagnose", "--storage.path=" + folder)).isLessThan(2);

    assertThat(err.toString(UTF_8))
        .startsWith("imf-exporter: the exporter at http://127.0.0.1:1 does not answer: ")
        .contains("; so this reads the host itself\nReading demo by access demo ...");
  }

  @Test
  void namedExporterThatDoesNotAnswerIsAnError() {
    assertThat(run("diagnose", "demo", "--exporter=http://127.0.0.1:1/")).isEqualTo(2);

    assertThat(err.toString(UTF_8))
        .contains(
            "the exporter at http://127.0.0.1:1/ does not answer: 127.0.0.1 refuses the connection"
                + " (",
            "): does the exporter run, and is this the port of its --web.listen-address, :10747 by");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void nameWithoutAnAddressIsAnError() {
    assertThat(run("diagnose", "demo", "--exporter=http://exporter.invalid:10747")).isEqualTo(2);

    assertThat(err.toString(UTF_8))
        .contains("does not answer: no address is known for the name exporter.invalid: check its");
  }

  @Test
  void whatSpeaksNoHttpIsNoExporter() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answers =
          answering(other, socket -> socket.getOutputStream().write("220 hi\r\n".getBytes(UTF_8)));
      assertThat(run("diagnose", "demo", "--exporter=http://127.0.0.1:" + other.getLocalPort()))
          .isEqualTo(2);
      answers.join();
    }
    assertThat(err.toString(UTF_8)).contains("does not speak HTTP; give the address at which a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http://127.0.0.1:99999|         a port is a number from 1 to 65535
          http://127.0.0.1:0|             a port is a number from 1 to 65535
          http://127.0.0.1:99999999999|   it names no machine that can be looked up, or a port that is no number
          http://mail_01:10747|           it names no machine that can be looked up, or a port that is no number
          http://|                        it names no machine, or has a character that an address cannot have
          http:|                          it begins with neither http:// nor https://
          localhost:10747|                it begins with neither http:// nor https://
          127.0.0.1:10747|                it begins with neither http:// nor https://
          localhost|                      it begins with neither http:// nor https://
          ftp://localhost|                it begins with neither http:// nor https://
          http://localhost:10747/?tz=UTC| leave out what follows from ? or # on
          http://localhost:10747/#x|      leave out what follows from ? or # on
          http://localhost:10747/x?tz=UTC| leave out what follows from ? or # on
          http://localhost/hosts/demo?tz=UTC| it is the address of a page; leave off /hosts/demo?tz=UTC
          http://localhost/updates#x|     it is the address of a page; leave off /updates#x
          'http://local host'|            it names no machine, or has a character that an address cannot have
          ''|                             it begins with neither http:// nor https://
          """)
  void aMalformedAddressIsOneSentence(String address, String why) {
    for (String command : List.of("diagnose", "preflight", "evidence")) {
      err.reset();
      assertThat(run(command, "demo", "--exporter=" + address)).isEqualTo(2);
      assertThat(err.toString(UTF_8))
          .isEqualTo(
              "imf-exporter: Invalid value for option '--exporter': want the address of an exporter, such as http://localhost:10747, not '%s': %s%nTry imf-exporter %s --help%n"
                  .formatted(address, why.strip(), command));
    }
  }

  /** What a damaged or a hostile file of that name says is no address to ask. */
  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:99999", "file:///etc/hostname", "http://a@127.0.0.1:1"})
  void addressOfTheFolderThatIsNoneIsNotAsked(String address) throws IOException {
    Files.writeString(folder.resolve("lock"), "4242\n" + address + "\n");

    assertThat(run("diagnose", "--storage.path=" + folder)).isLessThan(2);

    assertThat(err.toString(UTF_8)).startsWith("Reading demo by access demo ...");
  }

  /** One that sends a byte now and then keeps every deadline but that of the whole. */
  @Test
  void anAnswerThatDoesNotEndIsGivenUpAndNotAskedForAgain() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(1);
    HttpServer slow =
        server(
            exchange -> {
              asked.incrementAndGet();
              exchange.getResponseHeaders().set("Content-Type", "application/json");
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().write('[');
              exchange.getResponseBody().flush();
              try {
                done.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              exchange.close();
            });
    RunningExporter exporter =
        new RunningExporter(
            ExporterUrl.parse(url(slow)),
            HttpAccess.PLAIN,
            new Patience(Duration.ofMillis(500), Duration.ofSeconds(2)),
            new PrintStream(err, true, UTF_8));
    try {
      for (String host : List.of("a", "b")) {
        assertThatExceptionOfType(UsageException.class)
            .isThrownBy(() -> exporter.preflight(host, new ZoneOption()))
            .withMessage(
                "the exporter at %1$s has not answered within 2 s: does its machine hang? Its log,"
                    + " and %1$s/-/healthy, say more",
                url(slow));
      }
    } finally {
      done.countDown();
      slow.stop(0);
    }
    assertThat(asked).hasValue(1);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "Still waiting for the exporter at %s, for 1.5 s more at most ...%n"
                .formatted(url(slow)));
  }

  @Test
  void anAnswerThatIsTooLongIsNotRead() throws IOException {
    HttpServer other =
        server(
            exchange -> {
              exchange.getResponseHeaders().set("Content-Type", "application/json");
              exchange.sendResponseHeaders(200, 0);
              byte[] spaces = new byte[1 << 20];
              Arrays.fill(spaces, (byte) ' ');
              for (int i = 0; i < 5; i++) {
                exchange.getResponseBody().write(spaces);
              }
              exchange.close();
            });
    try {
      assertThat(run("diagnose", "demo", "--exporter=" + url(other))).isEqualTo(2);
      assertThat(err.toString(UTF_8)).contains("sends more than 4 MiB, as no imf-exporter does");
    } finally {
      other.stop(0);
    }
  }

  @Test
  void otherProgramIsNoExporter() throws IOException {
    HttpServer other = server(exchange -> answer(exchange, 200, "text/plain", "hi"));
    try {
      assertThat(run("preflight", "demo", "--exporter=" + url(other))).isEqualTo(2);
      assertThat(err.toString(UTF_8))
          .contains(
              "what answers at %s is no imf-exporter: it sends text/plain, not application/json; give the address"
                  .formatted(url(other)));
    } finally {
      other.stop(0);
    }
  }

  @Test
  void aRefusalIsOneShortLineThatCannotControlTheTerminal() throws IOException {
    String body = "\u001b[2JNo such host " + "x".repeat(5_000) + "\nsecond line\n";
    HttpServer other = server(exchange -> answer(exchange, 404, "text/plain; charset=utf-8", body));
    try {
      assertThat(run("diagnose", "demo", "--exporter=" + url(other))).isEqualTo(2);
    } finally {
      other.stop(0);
    }
    assertThat(err.toString(UTF_8))
        .contains("says of demo: ?[2JNo such host xxx", "xxx...\n")
        .doesNotContain("\u001b", "second line");
    assertThat(err.toString(UTF_8).lines()).allMatch(line -> line.length() < 300);
  }

  /** As a browser shows it, behind a prefix too. */
  @ParameterizedTest
  @CsvSource({
    "/hosts/demo, /hosts/demo",
    "/hosts/demo/, /hosts/demo/",
    "/imf/hosts/demo/episodes/1, /hosts/demo/episodes/1",
    "/metrics, /metrics",
    "/imf/-/healthy, /-/healthy",
  })
  void addressOfAPageIsSaidToBeOne(String path, String page) throws IOException {
    HttpServer other = server(exchange -> answer(exchange, 404, "text/plain", "No such page\n"));
    try {
      String address = url(other) + path;
      assertThat(run("diagnose", "demo", "--exporter=" + address)).isEqualTo(2);
      assertThat(err.toString(UTF_8))
          .contains(
              "there is no exporter at %s: it is the address of a page; leave off %s\n"
                  .formatted(address, page));

      err.reset();
      assertThat(run("diagnose", "demo", "--exporter=" + url(other) + "/hostsdemo")).isEqualTo(2);
      assertThat(err.toString(UTF_8)).contains("says of demo: No such page\n");
    } finally {
      other.stop(0);
    }
  }

  @Test
  void aPageOfAnotherProgramIsNotPrinted() throws IOException {
    HttpServer other = server(exchange -> answer(exchange, 502, "text/html", "<h1>Bad</h1>"));
    try {
      assertThat(run("diagnose", "demo", "--exporter=" + url(other))).isEqualTo(2);
      assertThat(err.toString(UTF_8))
          .contains("what answers at " + url(other) + " refuses with HTTP status 502, without")
          .doesNotContain("<h1>");
    } finally {
      other.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "..", "mail 01", "mail01?x"})
  void aNameThatNoHostCanHaveIsNotAskedFor(String host) {
    assertThat(run("diagnose", "--host=" + host, "--exporter=http://127.0.0.1:1")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "imf-exporter: no host can be called '%s': a name has letters, digits, dots, hyphens and underscores%n"
                .formatted(host));
  }

  /** A host of which the exporter knows nothing does not lose what it says of the others. */
  @Test
  void preflightOfAllGoesOnAfterAHostThatFails() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("imf-exporter.yml"),
            "hosts: { a: { access: demo }, b: { access: demo } }");
    String json = ReportJson.of(List.of(Preflight.of(Hosts.ready(), Hosts.NOW)));
    HttpServer other =
        server(
            exchange -> {
              if (exchange.getRequestURI().getPath().startsWith("/hosts/a/")) {
                answer(exchange, 404, "text/plain", "There is no such host");
              } else {
                answer(exchange, 200, "application/json", json);
              }
            });
    try {
      assertThat(run("--config.file=" + config, "preflight", "--all", "--exporter=" + url(other)))
          .isEqualTo(2);
    } finally {
      other.stop(0);
    }
    assertThat(out.toString(UTF_8))
        .startsWith("a cannot be read: whether mail will come back is not known.")
        .contains("says of a: There is no such host")
        .contains("mail01 is ready for an update or a reboot");
  }

  /** Answers one connection with the same bytes for each request. */
  private interface Reply {
    void to(Socket socket) throws IOException;
  }

  private static Thread answering(ServerSocket server, Reply reply) {
    Thread thread =
        new Thread(
            () -> {
              try (Socket socket = server.accept()) {
                int unused = socket.getInputStream().read();
                reply.to(socket);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    thread.start();
    return thread;
  }

  private static HttpServer server(HttpHandler handler) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", handler);
    server.start();
    return server;
  }

  private static String url(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private Thread exporter(String start) {
    Thread exporter =
        new Thread(
            () ->
                new Main(log, log)
                    .run(
                        "--demo.start=" + start,
                        "--storage.path=" + folder,
                        "--web.listen-address=127.0.0.1:0"));
    exporter.setDaemon(true);
    exporter.start();
    return exporter;
  }

  private int run(String... args) {
    return new Main(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8)).run(args);
  }
}
