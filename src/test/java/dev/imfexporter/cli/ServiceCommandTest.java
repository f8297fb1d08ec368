package dev.imfexporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.access.RecoveryActions;
import dev.imfexporter.access.RecoveryActions.Action;
import dev.imfexporter.access.RecoveryActions.ActionType;
import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.text.Documents;
import dev.imfexporter.winservice.InstalledService;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What {@code service} refuses, and the command line that it makes; the rest needs Windows. */
class ServiceCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "service | service needs an action: install, start, stop, restart, status or uninstall",
        "service stop --config.file=x | service stop takes no --config.file=x",
        "service start --local-system | service start takes no --local-system: it belongs to install",
        "service status --open-firewall=::1 | service status takes no --open-firewall: it belongs to"
            + " install",
        "--config.file=x service install | service takes no --config.file: write it behind the action:"
            + " imf-exporter service install --config.file",
        "service begin | expected install, start, stop, restart, status, uninstall or run, found"
            + " \"begin\"",
      })
  void wrongCommandLines(String line, String sentence) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains(sentence).contains("Try imf-exporter service --help");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void elsewhereItNamesTheServiceManagerOfTheSystem() {
    assertThat(run("service", "install", "--config.file=x.yml")).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "imf-exporter: service is for Windows; here let the service manager of the system start"
                + " imf-exporter, see "
                + Documents.at("install.md")
                + "\n");
  }

  @Test
  void flagsAreHandedOnWithAbsolutePaths() {
    ServiceFlags flags =
        parse("--config.file=imf.yml", "--log.level=debug", "--web.enable-lifecycle");

    assertThat(flags.withFolders().words())
        .contains(
            "--config.file=" + Path.of("imf.yml").toAbsolutePath(),
            "--log.level=debug",
            "--web.enable-lifecycle")
        .anyMatch(word -> word.matches("--storage.path=.*imf-exporter"))
        .anyMatch(word -> word.matches("--log.file=.*imf-exporter.log.imf-exporter.log"))
        .noneMatch(word -> word.startsWith("--web.listen-address"));
  }

  @Test
  void severalConfigurationFilesAndTheirIntervalAreHandedOn() {
    List<String> words =
        parse(
                "--config.file=imf.yml",
                "--config.file=conf.d/*.yml",
                "--config.auto-reload",
                "--config.auto-reload-interval=1m30s")
            .withFolders()
            .words();
    assertThat(words)
        .containsSequence(
            "--config.file=" + Path.of("imf.yml").toAbsolutePath(),
            "--config.file=" + Path.of("conf.d").toAbsolutePath() + "/*.yml",
            "--config.auto-reload",
            "--config.auto-reload-interval=1m30s");
    assertThat(parse(words.toArray(String[]::new)).withFolders().words()).isEqualTo(words);
  }

  @Test
  void flagsThatWereHandedOnAreReadAgain() {
    List<String> words =
        parse(
                "--storage.path=my data",
                "--web.listen-address=127.0.0.1:9000",
                "--web.listen-address=[::1]:9000",
                "--web.config.file=web.yml",
                "--web.external-url=https://mon.example.net/imf/",
                "--web.max-connections=100")
            .withFolders()
            .words();

    assertThat(words)
        .contains(
            "--web.listen-address=127.0.0.1:9000",
            "--web.listen-address=[::1]:9000",
            "--web.config.file=" + Path.of("web.yml").toAbsolutePath(),
            "--web.external-url=https://mon.example.net/imf/",
            "--web.max-connections=100");
    assertThat(parse(words.toArray(String[]::new)).words()).isEqualTo(words);
  }

  @Test
  void theLogIsBesideTheHistoryUnlessItIsNamed() {
    Path history = Path.of("data").toAbsolutePath();
    assertThat(parse("--storage.path=data").withFolders().options().logFile)
        .isEqualTo(history.resolve("log/imf-exporter.log"));
    assertThat(parse("--storage.path=data", "--log.file=x.log").withFolders().options().logFile)
        .isEqualTo(Path.of("x.log").toAbsolutePath());
  }

  @ParameterizedTest
  @CsvSource({
    "--config.check, --config.check",
    "--version, --version",
    "--demo.start=1m, --demo.start",
    "--help, --help"
  })
  void flagsThatAServiceHasNoUseFor(String flag, String name) {
    assertThatThrownBy(() -> parse(flag))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("a service has no use for " + name);
  }

  @Test
  void aWrongFlagIsNamed() {
    assertThatThrownBy(() -> parse("--config.fil=x"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("--config.fil=x");
  }

  @Test
  void flagsOfAnInstalledService() {
    assertThat(
            ServiceInstaller.flagsOf(
                List.of("java.exe", "-Xmx48m", "-jar", "x.jar", "service", "run", "--a", "--b=c")))
        .containsExactly("--a", "--b=c");
    assertThat(ServiceInstaller.flagsOf(List.of("other.exe", "service"))).isEmpty();
  }

  @Test
  void statusOfAServiceThatFailed() {
    assertThat(
            ServiceText.status(
                installed(
                    new ServiceStatus(ServiceState.STOPPED, 1066, 1, 0),
                    new RecoveryActions(
                        86400,
                        List.of(
                            new Action(ActionType.RESTART, 5000),
                            new Action(ActionType.RESTART, 1500),
                            new Action(ActionType.RUN_COMMAND, 0)),
                        "cleanup.exe",
                        "",
                        Optional.of(true)))))
        .isEqualToNormalizingNewlines(
            """
            service imf-exporter is STOPPED, its last run ended with code 1: see the Application log and --log.file
              starts:   delayed auto
              account:  NT SERVICE\\imf-exporter
              failures: started again after 5 s, started again after 1.5 s, run command after 0 s; also after it ended with an error
              command:  "C:\\a b\\j.exe"
              C:\\a b\\j.exe is missing: unpack imf-exporter into its folder again
            """);
  }

  @Test
  void statusOfAServiceThatRunsAndHasNoRecovery() {
    assertThat(
            ServiceText.status(
                installed(new ServiceStatus(ServiceState.RUNNING, 0, 0, 12), RecoveryActions.NONE)))
        .startsWith("service imf-exporter is RUNNING, process 12")
        .contains("failures: nothing is done");
  }

  private static InstalledService installed(ServiceStatus status, RecoveryActions recovery) {
    return new InstalledService(
        status,
        new ServiceConfig(
            "imf-exporter",
            StartMode.DELAYED_AUTO,
            List.of(),
            new ServiceConfig.Details(
                List.of(), "NT SERVICE\\imf-exporter", Optional.of(recovery))),
        List.of("C:\\a b\\j.exe"));
  }

  private static ServiceFlags parse(String... flags) {
    return ServiceFlags.parse(
        List.of(flags), new CommandLine(new ServiceCommand(System.out, System.err)));
  }

  private int run(String... args) {
    return new Main(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8)).run(args);
  }
}
