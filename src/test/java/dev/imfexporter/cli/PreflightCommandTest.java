package dev.imfexporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.preflight.Preflight;
import dev.imfexporter.report.ReportJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightCommandTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void theDemoIsCheckedInPlainTextThatFitsThePage() throws IOException {
    Path config = config("hosts: { mail01: { access: demo } }");

    assertThat(run("--config.file=" + config, "preflight", "MAIL01")).isEqualTo(1);

    assertThat(out.toString(UTF_8))
        .startsWith("mail01 may be restarted, with 1 warning")
        .contains("[ !] What else has to stop and start with inetinfo.exe?", "Contoso")
        .contains("[ok] Will a boot start IIS Admin and SMTP?\n     IISADMIN starts automatically.")
        .contains("Not looked at; look yourself")
        .doesNotContain("\u001b");
    assertThat(out.toString(UTF_8).lines()).allMatch(line -> line.length() <= 100);
    assertThat(err.toString(UTF_8)).startsWith("Reading mail01 by access demo ...");
  }

  @Test
  void everyHostIsCheckedInTheOrderOfTheConfiguration() throws IOException {
    Path config =
        config(
            """
            modules: { m: { loaded_modules: false } }
            hosts:
              b: { access: demo, demo_start: 4m }
              a: { access: demo, module: m }
            """);

    assertThat(run("--config.file=" + config, "preflight", "--all", "--format=json")).isEqualTo(1);

    assertThat(ReportJson.preflights(out.toString(UTF_8)).stream().map(Preflight::host))
        .containsExactly("b", "a");
  }

  @Test
  void allAndOneHostExcludeEachOther() throws IOException {
    Path config = config("hosts: { mail01: { access: demo } }");

    assertThat(run("--config.file=" + config, "preflight", "--all", "mail01")).isEqualTo(2);

    assertThat(err.toString(UTF_8)).startsWith("imf-exporter: --all is every host: leave mail01");
  }

  @Test
  void twoHostsAreNotOne() throws IOException {
    Path config = config("hosts: { mail01: { access: demo } }");

    assertThat(run("--config.file=" + config, "preflight", "mail01", "--host=mail02")).isEqualTo(2);

    assertThat(err.toString(UTF_8))
        .startsWith("imf-exporter: two hosts are named, mail01 and --host=mail02: name one\n");
  }

  private Path config(String text) throws IOException {
    return Files.writeString(folder.resolve("imf-exporter.yml"), text);
  }

  private int run(String... args) {
    return new Main(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8)).run(args);
  }
}
