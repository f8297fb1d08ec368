package dev.imfexporter.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A program that runs until it is closed, and serves HTTP on a port of this machine. */
final class Background implements AutoCloseable {
  private static final Duration STARTS = Duration.ofSeconds(60);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private final String name;
  private final Process process;
  private final int port;
  private final Path log;

  private Background(String name, Process process, int port, Path log) {
    this.name = name;
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /** Starts a program and waits until a path of it answers 200. */
  static Background start(
      String name, Path folder, int port, String readyPath, List<String> command) {
    Background program = launch(name, folder, port, command);
    program.await(readyPath);
    return program;
  }

  /** Starts a program. Its log goes behind that of an earlier one with this name. */
  static Background launch(String name, Path folder, int port, List<String> command) {
    Path log = folder.resolve(name + ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(log.toFile()))
              .start();
      return new Background(name, process, port, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until a path answers 200. */
  void await(String readyPath) {
    Awaitility.await(name + " answers, see " + log)
        .atMost(STARTS)
        .until(() -> dead() || answers(readyPath));
    if (dead()) {
      throw new IllegalStateException(name + " ended, see " + log);
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  Path log() {
    return log;
  }

  /** The body of a path, which must answer 200. */
  String get(String path) {
    try {
      HttpResponse<String> response = send(request(path));
      if (response.statusCode() != 200) {
        throw new IllegalStateException(
            name + path + " answered " + response.statusCode() + ": " + response.body());
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends JSON to a path, which must answer 200. */
  void post(String path, String json) {
    try {
      HttpResponse<String> response =
          send(
              request(path)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(json)));
      if (response.statusCode() != 200) {
        throw new IllegalStateException(
            name + path + " answered " + response.statusCode() + ": " + response.body());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The body of a path; empty while it does not answer 200. */
  Optional<String> look(String path) {
    return look(port, path);
  }

  /** The same of a program that runs as a service on a port of this machine. */
  static Optional<String> look(int port, String path) {
    try {
      HttpResponse<String> response = send(request(port, path));
      return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Ends the program without a word to it (SIGKILL), and waits until it is gone. */
  void kill() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException(name + " cannot be killed, process " + pid());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean dead() {
    return !process.isAlive();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean answers(String path) {
    return look(path).isPresent();
  }

  private HttpRequest.Builder request(String path) {
    return request(port, path);
  }

  private static HttpRequest.Builder request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(15));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
