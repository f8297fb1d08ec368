package dev.imfexporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imfexporter.RestoredLog;
import dev.imfexporter.journal.JournalReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The exporter with several files and a glob: its start, its reloads and its check. */
@Timeout(60)
@ExtendWith(RestoredLog.class)
class SeveralConfigFilesTest {
  @TempDir private Path folder;
  private final PrintStream nothing = new PrintStream(OutputStream.nullOutputStream(), true, UTF_8);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void files() throws IOException {
    Files.createDirectories(folder.resolve("conf.d"));
    write("base.yml", "modules: { m: { poll_interval: 5s } }");
    write("conf.d/a.yml", "hosts: { a: { access: demo, module: m } }");
  }

  @Test
  void aReloadReadsTheGlobAgain() throws Exception {
    Thread exporter = exporter("--web.enable-lifecycle");
    try {
      URI url = url();
      assertThat(get(url, "/config")).contains("poll_interval: 5s", "a: {access: demo, module: m}");

      write("conf.d/b.yml", "hosts: { b: { access: demo } }");
      assertThat(reload(url).statusCode()).isEqualTo(200);
      assertThat(get(url, "/config")).contains("a: {access: demo", "b: {access: demo}");

      write("conf.d/c.yml", "hosts: { B: { access: demo } }");
      HttpResponse<String> refused = reload(url);
      assertThat(refused.statusCode()).isEqualTo(500);
      assertThat(refused.body())
          .contains(
              "%s:1: hosts.B: is the same host as b in %s:1"
                  .formatted(folder.resolve("conf.d/c.yml"), folder.resolve("conf.d/b.yml")));
    } finally {
      exporter.interrupt();
      exporter.join();
    }
  }

  @Test
  void aChangeIsReadWithoutARequest() throws Exception {
    Thread exporter = exporter("--config.auto-reload", "--config.auto-reload-interval=1s");
    try {
      URI url = url();
      write("conf.d/b.yml", "hosts: { b: { access: demo } }");
      await()
          .atMost(Duration.ofSeconds(40))
          .until(() -> get(url, "/config"), config -> config.contains("b: {access: demo}"));

      write("conf.d/b.yml", "hosts: { b: { access: none } }");
      await()
          .atMost(Duration.ofSeconds(40))
          .until(
              () -> get(url, "/metrics"),
              page -> page.contains("imf_exporter_config_last_reload_successful 0"));
      assertThat(get(url, "/config")).contains("b: {access: demo}");
    } finally {
      exporter.interrupt();
      exporter.join();
    }
  }

  @Test
  void theCheckReadsAllFiles() throws IOException {
    String base = "--config.file=" + folder.resolve("base.yml");
    String glob = "--config.file=" + folder + "/conf.d/*.yml";
    write("conf.d/b.yml", "hosts: { b: { access: demo } }");
    assertThat(run(base, glob, "--config.check")).isZero();
    assertThat(out.toString(UTF_8))
        .isEqualTo(
            "%s, %s/conf.d/*.yml: ok, watches 2 hosts\n"
                .formatted(folder.resolve("base.yml"), folder));

    write("base.yml", "modules: { n: {} }");
    write("conf.d/b.yml", "hosts: { b: { acess: demo } }");
    assertThat(run(base, glob, "--config.check")).isEqualTo(1);
    assertThat(err.toString(UTF_8).replace(folder + "/", ""))
        .isEqualTo(
            """
            conf.d/a.yml:1: hosts.a.module: expected the name of one of the modules, found "m", did you mean n?
            conf.d/b.yml:1: hosts.b.access: is missing, expected local, win32, smb or demo
            conf.d/b.yml:1: hosts.b.acess: unknown key, did you mean access?
            """);
    err.reset();

    assertThat(run("--config.file=" + folder + "/none/*.yml", "--config.check")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).isEqualTo(folder + "/none/*.yml: its folder does not exist\n");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private Thread exporter(String... flags) {
    Thread exporter =
        new Thread(
            () -> {
              String[] all = new String[flags.length + 4];
              all[0] = "--config.file=" + folder.resolve("base.yml");
              all[1] = "--config.file=" + folder + "/conf.d/*.yml";
              all[2] = "--storage.path=" + folder.resolve("history");
              all[3] = "--web.listen-address=127.0.0.1:0";
              System.arraycopy(flags, 0, all, 4, flags.length);
              new Main(nothing, nothing).run(all);
            });
    exporter.setDaemon(true);
    exporter.start();
    return exporter;
  }

  private URI url() {
    return await()
        .until(() -> JournalReader.exporter(folder.resolve("history")), Optional::isPresent)
        .orElseThrow();
  }

  private String get(URI url, String path) throws IOException, InterruptedException {
    return client
        .send(HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofString())
        .body();
  }

  /** Again while the hosts are still being opened. */
  private HttpResponse<String> reload(URI url) {
    return await()
        .until(
            () ->
                client.send(
                    HttpRequest.newBuilder(URI.create(url + "/-/reload"))
                        .POST(BodyPublishers.noBody())
                        .build(),
                    BodyHandlers.ofString()),
            answer -> !answer.body().contains("try again"));
  }

  private int run(String... args) {
    return new Main(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8)).run(args);
  }
}
