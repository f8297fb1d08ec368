package dev.imfexporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EvidenceCommandTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    PrintStream output = new PrintStream(out, true, UTF_8);
    PrintStream errors = new PrintStream(err, true, UTF_8);
    return new CommandLine(new Options(options -> 0))
        .addSubcommand(new EvidenceCommand(output, errors, Duration.ZERO))
        .execute(arguments);
  }

  static Map<String, String> files(Path archive) throws IOException {
    Map<String, String> files = new HashMap<>();
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName().replaceFirst(".*/", ""), new String(zip.readAllBytes(), UTF_8));
      }
    }
    return files;
  }

  /** The account of another host is in the same file. */
  @Test
  void writesTheArchiveOfOneHost() throws IOException {
    Path password = Files.writeString(folder.resolve("password"), "Passw0rd-never-shown\n");
    Path config =
        Files.writeString(
            folder.resolve("imf.yml"),
            """
            hosts:
              play: { access: demo, demo_start: 36m }
              mail02: { access: smb, auth: corp }
            auths:
              corp: { username: svc-imf, domain: CORP, password_file: '%s' }
            """
                .formatted(password));
    Path archive = folder.resolve("a.zip");
    assertThat(run("evidence", "play", "--config.file=" + config, "--output=" + archive))
        .as(err.toString(UTF_8))
        .isEqualTo(0);
    assertThat(out.toString(UTF_8)).isEqualTo(archive + "\n");
    Map<String, String> files = files(archive);
    assertThat(files).containsKeys("README.txt", "summary.txt", "SHA256SUMS");
    assertThat(files.get("configuration.yml")).contains("play").doesNotContain("mail02", "auths");
    assertThat(files.get("metrics.txt")).contains("imf_up 1.0");
    files.forEach(
        (name, text) ->
            assertThat(text)
                .as(name)
                .doesNotContain("Passw0rd", "svc-imf", "CORP", "mail02", folder.toString()));
    assertThat(run("evidence", "play", "--config.file=" + config, "--output=" + archive))
        .isEqualTo(3);
    assertThat(err.toString(UTF_8)).contains(archive + " is there already");
  }

  @Test
  void anEpisodeThatIsNotKnownIsNoArchive() {
    Path archive = folder.resolve("a.zip");
    assertThat(run("evidence", "--demo.start=36m", "--episode=7", "--output=" + archive))
        .isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("imf-exporter: demo has no episode 7; known: ");
    assertThat(archive).doesNotExist();
  }
}
