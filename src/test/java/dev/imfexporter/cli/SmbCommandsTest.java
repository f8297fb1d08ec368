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
class SmbCommandsTest {
  private static final int AUTOMATIC = 2;
  private static final int MANUAL = 3;

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
  void preflightFindsTheServiceThatABootDoesNotStart() throws IOException {
    bed.services().put("SMTPSVC", service(ServiceState.RUNNING, MANUAL, "IISADMIN"));

    assertThat(run("preflight", SambaBed.PASSWORD)).as("%s%s", out, err).isEqualTo(1);

    assertThat(out.toString(UTF_8))
        .startsWith("127.0.0.1 is not ready for an update or a reboot: 1 problem")
        .contains(
            "[!!] Will a boot start IIS Admin and SMTP?\n     IISADMIN starts automatically.\n")
        .contains(
            "     SMTPSVC is manual: it stays down after a boot until an administrator starts it.\n")
        .contains("  -> On 127.0.0.1: sc.exe config SMTPSVC start= auto\n");
    assertThat(out.toString(UTF_8).lines()).allMatch(line -> line.length() <= 100);
  }

  /** The same pair, the other way round: the SCM starts what an automatic service needs. */
  @Test
  void preflightKnowsThatABootStartsWhatSmtpNeeds() throws IOException {
    bed.services().put("IISADMIN", service(ServiceState.RUNNING, MANUAL));
    bed.services().put("SMTPSVC", service(ServiceState.RUNNING, AUTOMATIC, "IISADMIN"));

    assertThat(run("preflight", SambaBed.PASSWORD)).as("%s%s", out, err).isEqualTo(1);

    assertThat(out.toString(UTF_8).replaceAll("\\s+", " "))
        .startsWith("127.0.0.1 may be restarted, with 1 warning")
        .contains(
            "A boot starts it, because SMTPSVC starts automatically and needs it; iisreset does not.");
  }

  @Test
  void preflightOfAHostThatRefusesTheAccountIsNotKnown() throws IOException {
    assertThat(run("preflight", "not-the-password")).isEqualTo(2);

    assertThat(out.toString(UTF_8))
        .startsWith("127.0.0.1 cannot be read: whether mail will come back is not known.");
  }

  @Test
  void wrongPasswordSaysWhatToDoAndNotThePassword() throws IOException {
    assertThat(diagnose("not-the-password")).isEqualTo(2);
    assertThat(out.toString(UTF_8) + err)
        .contains("unknown account or wrong password")
        .doesNotContain("not-the-password");
  }

  private static ServicePipe.Service service(ServiceState state) {
    return service(state, AUTOMATIC);
  }

  private static ServicePipe.Service service(ServiceState state, int mode, String... requires) {
    return new ServicePipe.Service(state, mode, false, "A service", List.of(requires));
  }

  private int diagnose(String password) throws IOException {
    return run("diagnose", password);
  }

  private int run(String command, String password) throws IOException {
    Files.writeString(folder.resolve("mail.pw"), password + "\n");
    Path config =
        Files.writeString(
            folder.resolve("c.yml"),
            """
            modules: { relay: { reading_timeout: 30s, definition: false, filter: false, smtp: false, banner: { enabled: false } } }
            auths: { bed: { username: %s, password_file: mail.pw } }
            hosts: { 127.0.0.1: { access: smb, auth: bed, smb_port: %d, module: relay } }
            """
                .formatted(SambaBed.USER, SambaBed.PORT));
    PrintStream text = new PrintStream(out, true, UTF_8);
    PrintStream log = new PrintStream(err, true, UTF_8);
    return new CommandLine(new Options(options -> 0))
        .addSubcommand(new DiagnoseCommand(text, log, false, Duration.ZERO))
        .addSubcommand(new PreflightCommand(text, log, false, Duration.ZERO))
        .execute("--config.file=" + config, command);
  }
}
