package dev.imfexporter.logging;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hierynomus.protocol.commons.concurrent.Promise;
import dev.imfexporter.RestoredLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.util.HostPort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(RestoredLog.class)
class LoggingTest {
  private final Logger root = Logger.getLogger("");

  @AfterEach
  void restore() {
    root.setLevel(Level.INFO);
    Logger.getLogger("dev.imfexporter").setLevel(null);
  }

  @ParameterizedTest
  @CsvSource({"DEBUG, debug", "INFO, info", "WARN, warn", "ERROR, error"})
  void oursFromTheLevelOnAndLibrariesFromWarningsOn(LogLevel level, String least) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Logging.start(level, LogFormat.LOGFMT, out);

    for (String name : List.of("dev.imfexporter.x", "org.eclipse.jetty.x")) {
      Logger logger = Logger.getLogger(name);
      for (LogLevel each : LogLevel.values()) {
        logger.log(each.level(), "caf\u00e9 {0}", 10747);
      }
    }

    List<String> words = List.of("debug", "info", "warn", "error");
    List<String> ours = words.subList(words.indexOf(least), 4);
    List<String> theirs = words.subList(Math.max(words.indexOf(least), 2), 4);
    assertThat(levels(out, "dev.imfexporter.x")).isEqualTo(ours);
    assertThat(levels(out, "org.eclipse.jetty.x")).isEqualTo(theirs);
    assertThat(out.toString(UTF_8)).contains("caf\u00e9");
  }

  /** Else each request with such a header would be a line. */
  @Test
  void malformedHostHeadersOfClientsAreNotLogged() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Logging.start(LogLevel.INFO, LogFormat.LOGFMT, out);

    assertThatThrownBy(() -> new HostPort("x:99999")).isInstanceOf(IllegalArgumentException.class);
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"INFO, false", "DEBUG, true"})
  void requestsThatCannotBeParsedAreLoggedForDebuggingOnly(LogLevel level, boolean logged) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Logging.start(level, LogFormat.LOGFMT, out);

    HttpParser.RequestHandler none =
        (HttpParser.RequestHandler)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpParser.RequestHandler.class},
                (proxy, method, arguments) ->
                    method.getReturnType() == boolean.class ? false : null);
    new HttpParser(none)
        .parseNext(
            ByteBuffer.wrap("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n".getBytes(US_ASCII)));

    assertThat(out.toString(UTF_8).contains("multiple `Host` headers")).isEqualTo(logged);
  }

  /** The call that fails is logged by what made it. */
  @Test
  void failedPromisesOfSmbAreNotLoggedEvenForDebugging() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Logging.start(LogLevel.DEBUG, LogFormat.LOGFMT, out);

    Logger.getLogger(Promise.class.getName()).severe("<< 0 >> woke to: {}");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void logsIntoAFileAndGoesOnWithItAtTheNextStart(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("100%h imf.log");
    for (String message : List.of("caf\u00e9", "again")) {
      Logging.start(LogLevel.INFO, LogFormat.LOGFMT, file);
      Logger.getLogger("dev.imfexporter.x").info(message);
      for (Handler handler : root.getHandlers()) {
        handler.close();
      }
    }
    assertThat(Files.readAllLines(folder.resolve("100%h imf.log.0")))
        .hasSize(2)
        .first()
        .asString()
        .contains("level=info")
        .contains("caf\u00e9");
  }

  @Test
  void aFolderThatIsMissingIsAnError(@TempDir Path folder) {
    Path file = folder.resolve("missing").resolve("imf.log");
    assertThatThrownBy(() -> Logging.start(LogLevel.INFO, LogFormat.LOGFMT, file))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void errorsAreGivenToAListenerToo() {
    Logging.start(LogLevel.INFO, LogFormat.LOGFMT, new ByteArrayOutputStream());
    List<String> errors = new ArrayList<>();
    Logging.onError(errors::add);
    Logger logger = Logger.getLogger("dev.imfexporter.x");

    logger.warning("a warning");
    logger.log(Level.SEVERE, "failed", new IllegalStateException("why"));
    logger.severe("port 10747 is in use");

    assertThat(errors)
        .containsExactly("failed: java.lang.IllegalStateException: why", "port 10747 is in use");
  }

  @ParameterizedTest
  @CsvSource({"DEBUG", "ERROR"})
  void threadThatDiesIsLogged(LogLevel level) throws InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Logging.start(level, LogFormat.LOGFMT, out);

    Thread thread =
        new Thread(
            () -> {
              throw new IllegalStateException("a defect");
            },
            "reader");
    thread.start();
    thread.join();

    assertThat(out.toString(UTF_8))
        .contains("msg=\"thread reader died\" err=\"java.lang.IllegalStateException: a defect\"");
  }

  private static List<String> levels(ByteArrayOutputStream out, String logger) {
    return out.toString(UTF_8)
        .lines()
        .filter(line -> line.contains(" logger=" + logger + " "))
        .map(line -> line.replaceAll(".* level=(\\w+) .*", "$1"))
        .toList();
  }
}
