package dev.imfexporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DiagnoseCommandTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void theDemoHostIsDiagnosedInPlainTextThatFitsThePage() throws IOException {
    Path config = config("hosts: { mail01: { access: demo } }");

    assertThat(run("--config.file=" + config, "diagnose")).isBetween(0, 1);

    assertThat(out.toString(UTF_8)).contains("mail01", "IIS Admin").doesNotContain("\u001b");
    assertThat(out.toString(UTF_8).replaceAll("\\s+", " "))
        .containsPattern(
            "Mail on mail01 may restart on \\w{3} [-0-9]+ at 03:00 .*: 2 updates are scheduled\\.")
        .contains("Pending: Security Update for Windows Server 2003 (KB933729); ");
    assertThat(out.toString(UTF_8).lines()).allMatch(line -> line.length() <= 100);
    assertThat(err.toString(UTF_8).lines())
        .containsExactly(
            "Reading mail01 by access demo ...",
            "(This plays the demo anew, from its beginning or from --demo.start. An exporter that runs shows another part of"
                + " it; diagnose, preflight and evidence ask it by --exporter=URL, with the address that its log names, by"
                + " default http://localhost:10747)");
  }

  @Test
  void withoutTheCountersOfSmtpItSaysThatMailFlowIsNotKnown() throws IOException {
    Path config =
        config(
            """
            modules: { m: { smtp: false, banner: { enabled: false } } }
            hosts: { mail01: { access: demo, module: m } }
            """);

    run("--config.file=" + config, "diagnose");

    assertThat(out.toString(UTF_8).replaceAll("\\s+", " "))
        .contains("Not known. Whether SMTP answers clients is not watched. Whether messages leave")
        .contains("is not known without the counters of SMTP.");
  }

  @Test
  void nothingIsWrittenToTheHistoryThatItReads() throws IOException {
    Path config = config("hosts: { mail01: { access: demo } }");
    Path storage = Files.createDirectory(folder.resolve("history"));

    run("--config.file=" + config, "--storage.path=" + storage, "diagnose");

    try (var files = Files.list(storage)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void hostThatIsNotConfiguredCannotBeRead() throws IOException {
    Path config = config("hosts: { mail01: { access: demo } }");

    assertThat(run("--config.file=" + config, "diagnose", "--host=mail02")).isEqualTo(2);

    assertThat(err.toString(UTF_8)).contains("no host mail02, but mail01");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void wrongConfigurationNamesItsKey() throws IOException {
    Path config = config("hosts: { mail01: { access: telnet } }");

    assertThat(run("--config.file=" + config, "diagnose")).isEqualTo(2);

    assertThat(err.toString(UTF_8)).contains("hosts.mail01.access").contains("telnet");
  }

  private Path config(String text) throws IOException {
    return Files.writeString(folder.resolve("imf-exporter.yml"), text);
  }

  private int run(String... args) {
    PrintStream output = new PrintStream(out, true, UTF_8);
    PrintStream errors = new PrintStream(err, true, UTF_8);
    return new CommandLine(new Options(options -> 0))
        .addSubcommand(new DiagnoseCommand(output, errors, false, Duration.ZERO))
        .execute(args);
  }
}
