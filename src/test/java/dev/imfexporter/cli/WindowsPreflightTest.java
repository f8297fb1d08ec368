package dev.imfexporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.StartMode;
import dev.imfexporter.bed.WindowsBed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Preflight of the Windows machine that it runs on, by Win32 calls. */
@Tag("windows")
class WindowsPreflightTest {
  @TempDir private Path folder;
  private final WindowsBed bed = WindowsBed.open();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void defaults() {
    bed.reset();
  }

  @AfterEach
  void restore() {
    bed.reset();
  }

  @Test
  void hostThatStartsWhatItRunsHasNoProblem() throws IOException {
    assertThat(preflight()).isLessThan(2);

    assertThat(out.toString(UTF_8))
        .contains("[ok] Will a boot start IIS Admin and SMTP?")
        .contains("     SMTPSVC starts automatically.")
        .doesNotContain("[!!]");
    assertThat(out.toString(UTF_8).lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void serviceThatABootDoesNotStartIsAProblem() throws IOException {
    bed.startMode("SMTPSVC", StartMode.MANUAL);

    assertThat(preflight()).isEqualTo(1);

    assertThat(out.toString(UTF_8))
        .startsWith("bed is not ready for an update or a reboot: 1 problem")
        .contains(
            "     SMTPSVC is manual: it stays down after a boot until an administrator starts it.")
        .contains("  -> On bed: sc.exe config SMTPSVC start= auto");
  }

  private int preflight() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("c.yml"),
            """
            modules: { relay: { banner: { enabled: false }, folders: false } }
            hosts: { bed: { access: local, module: relay } }
            """);
    PrintStream text = new PrintStream(out, true, UTF_8);
    PrintStream log = new PrintStream(err, true, UTF_8);
    return new CommandLine(new Options(options -> 0))
        .addSubcommand(new PreflightCommand(text, log, false, Duration.ZERO))
        .execute("--config.file=" + config, "preflight", "--exporter=none");
  }
}
