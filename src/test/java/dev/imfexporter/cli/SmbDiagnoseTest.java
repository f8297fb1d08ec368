package dev.imfexporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.bed.SambaBed;
import dev.imfexporter.bed.ServicePipe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A whole host over SMB, from the configuration file to the words for the administrator. */
@Tag("samba")
class SmbDiagnoseTest {
  private static SambaBed bed;
  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeAll
  static void start() throws IOException {
    bed = SambaBed.start();
  }

  @AfterAll
  static void stop() throws IOException {
    bed.close();
  }

  @BeforeEach
  void services() {
    bed.services().put("IISADMIN", service(ServiceState.RUNNING));
    bed.services().put("SMTPSVC", service(ServiceState.RUNNING));
  }

  @Test
  void healthyServicesAreFoundHealthy() throws IOException {
    assertThat(diagnose(SambaBed.PASSWORD)).isZero();
    assertThat(out.toString(UTF_8)).contains("IISADMIN").contains("SMTPSVC");
  }

  @Test
  void stoppedSmtpIsNamedFirst() throws IOException {
    bed.services().enters("SMTPSVC", ServiceState.STOPPED);

    assertThat(diagnose(SambaBed.PASSWORD)).isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("SMTP").containsIgnoringCase("stopped");
  }

  @Test
  void wrongPasswordSaysWhatToDoAndNotThePassword() throws IOException {
    assertThat(diagnose("not-the-password")).isEqualTo(2);
    assertThat(out.toString(UTF_8) + err)
        .contains("unknown account or wrong password")
        .doesNotContain("not-the-password");
  }

  private static ServicePipe.Service service(ServiceState state) {
    return new ServicePipe.Service(state, 2, false, "A service", List.of());
  }

  private int diagnose(String password) throws IOException {
    Files.writeString(folder.resolve("mail.pw"), password + "\n");
    Path config =
        Files.writeString(
            folder.resolve("c.yml"),
            """
            modules: { relay: { definition: false, filter: false, smtp: false, banner: { enabled: false } } }
            auths: { bed: { username: %s, password_file: mail.pw } }
            hosts: { 127.0.0.1: { access: smb, auth: bed, smb_port: %d, module: relay } }
            """
                .formatted(SambaBed.USER, SambaBed.PORT));
    return new CommandLine(new Options(options -> 0))
        .addSubcommand(
            new DiagnoseCommand(
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                false,
                Duration.ZERO))
        .execute("--config.file=" + config, "diagnose");
  }
}
