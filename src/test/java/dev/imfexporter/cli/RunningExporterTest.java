package dev.imfexporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.imfexporter.journal.JournalReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands beside an exporter that plays the demo from another point of its story. */
@Timeout(60)
class RunningExporterTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream log = new PrintStream(OutputStream.nullOutputStream(), true, UTF_8);
  private final Logger root = Logger.getLogger("");
  private Handler[] handlers = {};

  @BeforeEach
  void rememberTheLog() {
    handlers = root.getHandlers();
  }

  @AfterEach
  void restoreTheLog() {
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    for (Handler handler : handlers) {
      root.addHandler(handler);
    }
    Thread.setDefaultUncaughtExceptionHandler(null);
  }

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
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("hi".getBytes(UTF_8));
          exchange.close();
        });
    other.start();
    try {
      String url = "http://127.0.0.1:" + other.getAddress().getPort();
      assertThat(run("preflight", "demo", "--exporter=" + url)).isEqualTo(2);
      assertThat(err.toString(UTF_8))
          .contains("what answers at " + url + " is no imf-exporter, or one of another version");
    } finally {
      other.stop(0);
    }
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
