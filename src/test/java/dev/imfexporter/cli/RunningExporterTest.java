package dev.imfexporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.imfexporter.RestoredLog;
import dev.imfexporter.journal.JournalReader;
import dev.imfexporter.preflight.Hosts;
import dev.imfexporter.preflight.Preflight;
import dev.imfexporter.report.ReportJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

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
      assertThat(err.toString(UTF_8)).contains("says of mail02: There is no such host");
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
      assertThat(err.toString(UTF_8)).contains("says of demo: This host has no such episode");

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
    assertThat(err.toString(UTF_8)).contains("is no imf-exporter, or one of another version");
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

    assertThat(err.toString(UTF_8)).contains("the exporter at http://127.0.0.1:1/ does not answer");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void otherProgramIsNoExporter() throws IOException {
    HttpServer other = server(exchange -> answer(exchange, 200, "text/plain", "hi"));
    try {
      assertThat(run("preflight", "demo", "--exporter=" + url(other))).isEqualTo(2);
      assertThat(err.toString(UTF_8))
          .contains("what answers at " + url(other) + " is no imf-exporter, or one of another");
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
