package dev.imfexporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.imfexporter.logging.LastingLogManager;
import dev.imfexporter.logging.LogFormat;
import dev.imfexporter.logging.LogLevel;
import dev.imfexporter.logging.Logging;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Sends signals to processes of their own; {@code Process.destroy} would close their streams. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGTERM to send")
// In a thread of its own: an interrupt does not end the reading of a line that does not come.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ShutdownTest {

  @Test
  void signalEndsTheProgramWithCode0() throws IOException, InterruptedException {
    Process program = start(Waiting.class);
    try (BufferedReader log = program.errorReader(UTF_8)) {
      assertThat(log.readLine()).isEqualTo("ready");
      program.toHandle().destroy();
      assertThat(log.lines().map(line -> line.replaceAll(".* msg=", "")))
          .containsExactly("stopping", "\"part closed\"", "stopped");
      assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(program.exitValue()).isZero();
    } finally {
      program.destroyForcibly();
    }
  }

  @Test
  void withoutAFileTheDemoIsAnnounced() throws IOException {
    Process program = start(Main.class, "--web.listen-address=127.0.0.1:0");
    try (BufferedReader log = program.errorReader(UTF_8)) {
      assertThat(log.readLine())
          .contains(" level=info ")
          .contains(
              "no --config.file: playing a built-in demo; to watch real hosts from here, list");
    } finally {
      program.destroyForcibly();
    }
  }

  @Test
  void hangingPartIsLeftBehind() throws IOException, InterruptedException {
    Process program = start(Hanging.class);
    try (BufferedReader log = program.errorReader(UTF_8)) {
      assertThat(log.readLine()).isEqualTo("ready");
      program.toHandle().destroy();
      assertThat(log.lines())
          .anyMatch(line -> line.contains("not everything was closed within 2 s"));
      assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(program.exitValue()).isEqualTo(1);
    } finally {
      program.destroyForcibly();
    }
  }

  /** A named pipe without a writer hangs like a disk, for ever and deaf to interrupts. */
  @Test
  void signalDuringAReloadThatHangs(@TempDir Path folder) throws Exception {
    Path history = Files.createDirectory(folder.resolve("history"));
    assumeTrue(
        new ProcessBuilder("mkfifo", history.resolve("host-c.jsonl").toString()).start().waitFor()
            == 0);
    Path config = Files.writeString(folder.resolve("imf.yml"), "hosts: { a: { access: demo } }");
    Process program =
        start(
            Main.class,
            "--config.file=" + config,
            "--storage.path=" + history,
            "--web.enable-lifecycle",
            "--web.listen-address=127.0.0.1:0");
    try (BufferedReader log = program.errorReader(UTF_8)) {
      URI url = URI.create(address(log) + "/-/reload");
      Files.writeString(config, "hosts: { a: { access: demo }, c: { access: demo } }");
      CompletableFuture<HttpResponse<String>> reload =
          HttpClient.newHttpClient()
              .sendAsync(
                  HttpRequest.newBuilder(url).POST(BodyPublishers.noBody()).build(),
                  BodyHandlers.ofString());
      // Opening the other end waits for the program to open its own.
      try (OutputStream pipe =
          CompletableFuture.supplyAsync(() -> opened(history.resolve("host-c.jsonl")))
              .get(30, TimeUnit.SECONDS)) {
        program.toHandle().destroy();

        // Closing the rest takes longer than the two seconds on a machine that is busy enough.
        assertThat(log.lines().toList())
            .last()
            .asString()
            .matches(".*(msg=stopped|msg=\"not everything was closed within 2 s\")");
        assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isBetween(0, 1);
        assertThat(pipe).isNotNull();
      }
      assertThat(reload.handle((answer, e) -> e != null || answer.statusCode() != 200).get())
          .isTrue();
    } finally {
      program.destroyForcibly();
    }
  }

  @Test
  void hangUpReadsTheConfigurationAgain(@TempDir Path folder) throws Exception {
    Path config = Files.writeString(folder.resolve("imf.yml"), "hosts: { a: { access: demo } }");
    Process program =
        start(Main.class, "--config.file=" + config, "--web.listen-address=127.0.0.1:0");
    try (BufferedReader log = program.errorReader(UTF_8)) {
      address(log);
      Files.writeString(config, "hosts: { a: { access: demo }, b: { access: demo } }");

      hangUp(program);

      assertThat(log.readLine()).contains("the configuration was reloaded: watching 2 hosts");

      Files.writeString(config, "hosts: [");
      hangUp(program);

      assertThat(log.readLine()).contains(" level=error ", "the configuration is not reloaded");
      assertThat(program.isAlive()).isTrue();
    } finally {
      program.destroyForcibly();
    }
  }

  private static void hangUp(Process program) throws Exception {
    Process kill = new ProcessBuilder("kill", "-HUP", Long.toString(program.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  private static OutputStream opened(Path pipe) {
    try {
      return Files.newOutputStream(pipe, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String address(BufferedReader log) throws IOException {
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      int at = line.indexOf("listening on ");
      if (at >= 0) {
        return line.substring(at + "listening on ".length()).replace("\"", "");
      }
    }
    throw new IOException("the program ended");
  }

  @Test
  void endWithoutASignalKeepsItsCode() throws IOException, InterruptedException {
    Process program = start(Failing.class);
    try {
      assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(program.exitValue()).isEqualTo(7);
    } finally {
      program.destroyForcibly();
    }
  }

  /** A program with one part that closes. */
  static final class Waiting {
    private Waiting() {}

    public static void main(String[] args) throws Exception {
      System.setProperty(LastingLogManager.PROPERTY, LastingLogManager.class.getName());
      Logging.start(LogLevel.INFO, LogFormat.LOGFMT, System.err);
      System.Logger log = System.getLogger(Main.class.getName());
      try (Shutdown shutdown = Shutdown.onSignal();
          AutoCloseable part = () -> log.log(System.Logger.Level.INFO, "part closed")) {
        System.err.println("ready");
        shutdown.await();
        assertThat(part).isNotNull();
      }
    }
  }

  /** A program with a part that never closes. */
  static final class Hanging {
    private Hanging() {}

    public static void main(String[] args) throws InterruptedException {
      System.setProperty(LastingLogManager.PROPERTY, LastingLogManager.class.getName());
      Logging.start(LogLevel.INFO, LogFormat.LOGFMT, System.err);
      try (Shutdown shutdown = Shutdown.onSignal()) {
        System.err.println("ready");
        shutdown.await();
        Thread.currentThread().join();
      }
    }
  }

  /** A program that cannot start. */
  static final class Failing {
    private Failing() {}

    public static void main(String[] args) {
      Shutdown.onSignal().close();
      System.exit(7);
    }
  }

  private static Process start(Class<?> program, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).start();
  }
}
