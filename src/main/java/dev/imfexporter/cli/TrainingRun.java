package dev.imfexporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.imfexporter.config.ConfigFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs the exporter for a scrape and a page, so that a JVM which archives classes at its end has
 * loaded those of a server. On Windows it watches this machine, elsewhere it plays the demo; it
 * keeps its history in a folder that it deletes.
 */
final class TrainingRun {
  private static final List<String> PATHS = List.of("/metrics", "/metrics", "/-/ready", "/");
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration BETWEEN = Duration.ofMillis(50);
  private static final int ANSWER_MILLIS = 10_000;

  private final PrintStream err;

  /**
   * @param err gets the log of a run that failed
   */
  TrainingRun(PrintStream err) {
    this.err = err;
  }

  /** Returns the exit code of the exporter. */
  int run() throws IOException {
    Path folder = Files.createTempDirectory("imf-exporter");
    try {
      ByteArrayOutputStream log = new ByteArrayOutputStream();
      Shutdown shutdown = Shutdown.onRequest();
      Options options = options(folder);
      ListenAddress address = options.web.listenAddresses.get(0);
      Thread visitor = new Thread(() -> visit(address, shutdown), "visitor");
      visitor.setDaemon(true);
      visitor.start();
      int code = Exporter.run(options, new PrintStream(log, true, UTF_8), shutdown, () -> {});
      if (code != Main.OK) {
        err.print(log.toString(UTF_8));
      }
      return code;
    } finally {
      delete(folder);
    }
  }

  /** As most exporters run: with a configuration file and a history. */
  private static Options options(Path folder) throws IOException {
    String access = System.getProperty("os.name").startsWith("Windows") ? "local" : "demo";
    Options options = new Options(unused -> Main.FAILED);
    Path config = folder.resolve("imf-exporter.yml");
    options.configFile = List.of(ConfigFile.parse(config.toString()));
    Files.writeString(config, "hosts: { localhost: { access: %s } }%n".formatted(access));
    options.storagePath = folder.resolve("history");
    options.web.listenAddresses = List.of(new ListenAddress("127.0.0.1", freePort()));
    return options;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Asks for each path once it answers, then lets the exporter end. */
  private static void visit(ListenAddress address, Shutdown shutdown) {
    long begin = System.nanoTime();
    try {
      for (String path : PATHS) {
        URI url = URI.create(address.url("http", address.port()) + path);
        while (!answers(url) && System.nanoTime() - begin < LIMIT.toNanos()) {
          Thread.sleep(BETWEEN.toMillis());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      shutdown.ask();
    }
  }

  private static boolean answers(URI url) {
    try {
      HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
      connection.setConnectTimeout(ANSWER_MILLIS);
      connection.setReadTimeout(ANSWER_MILLIS);
      connection.setRequestProperty("Accept-Encoding", "gzip");
      try (InputStream body = connection.getInputStream()) {
        body.readAllBytes();
        return true;
      }
    } catch (IOException notYet) {
      return false;
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
