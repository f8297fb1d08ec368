package dev.imfexporter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.bed.RecordedEvent;
import dev.imfexporter.bed.WindowsBed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The life of the Windows service, from its installation to its removal. */
@Tag("endtoend")
@ResourceLock(WindowsBed.LOCK)
class WindowsServiceTest {
  private static final String NAME = "imf-exporter";
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String KEY = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\" + NAME;
  private static final String SOURCE =
      "HKLM\\SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\" + NAME;

  private final WindowsBed bed = WindowsBed.open();
  private final Path folder;
  private final int port = Background.freePort();

  WindowsServiceTest() throws IOException {
    Path runs = Path.of("target/bed/endtoend").toAbsolutePath();
    Files.createDirectories(runs);
    folder = Files.createTempDirectory(runs, "the service \u00fc ");
    bed.reset();
  }

  @AfterEach
  void uninstall() throws Exception {
    run("service", "uninstall");
    bed.reset();
  }

  @Test
  void isInstalledRunsAndIsRemovedWithoutATrace() throws Exception {
    assertThat(run("service", "status").code()).as("a bed without it").isEqualTo(5);
    Path config = folder.resolve("imf-exporter.yml");
    Files.writeString(config, "hosts: { mail01: { access: loc } }\n");
    assertThat(install(config).code()).as("a wrong configuration").isEqualTo(1);
    assertThat(run("service", "status").code()).isEqualTo(5);

    Files.writeString(
        config,
        """
        modules: { quick: { banner: { enabled: false } } }
        hosts: { mail01: { access: local, module: quick } }
        """);
    assertThat(install(config))
        .satisfies(done -> assertThat(done.code()).as(done.toString()).isZero());
    assertThat(bed.registryText(KEY))
        .contains("DelayedAutoStart    REG_DWORD    0x1")
        .contains("FailureActionsOnNonCrashFailures    REG_DWORD    0x1")
        .contains("FailureActions    REG_BINARY    80510100000000000000000003000000")
        .contains("0100000088130000" + "0100000030750000" + "0100000060EA0000")
        .contains("ServiceSidType    REG_DWORD    0x1")
        .contains("RequiredPrivileges    REG_MULTI_SZ    SeChangeNotifyPrivilege")
        .contains("ObjectName    REG_SZ    NT SERVICE\\imf-exporter");
    assertThat(bed.registryText(SOURCE)).contains("EventCreate.exe");
    assertThat(run("service", "status").code()).as("installed, not started").isEqualTo(4);
    assertThat(install(config).code()).as("installed twice").isEqualTo(1);

    assertThat(run("service", "start"))
        .satisfies(done -> assertThat(done.code()).as(done.toString()).isZero());
    await("metrics").atMost(SOON).until(() -> metrics().contains("imf_up 1.0"));
    assertThat(run("service", "status").code()).isZero();

    assertThat(run("service", "stop").code()).isZero();
    assertThat(run("service", "restart"))
        .satisfies(done -> assertThat(done.code()).as(done.toString()).isZero());
    await("metrics again").atMost(SOON).until(() -> metrics().contains("imf_up 1.0"));

    // The configuration is lost; the service says so and ends, and Windows would start it again.
    Files.writeString(config, "hosts: [");
    assertThat(run("service", "stop").code()).isZero();
    bed.requestStart(NAME);
    bed.await(NAME, ServiceState.STOPPED, SOON);
    assertThat(events()).contains("imf-exporter was stopped.");
    assertThat(events()).last().asString().contains("imf-exporter ended with code 1");
    assertThat(events()).anyMatch(text -> text.contains("imf-exporter.yml"));
    assertThat(log()).contains("listening on").contains("level=error");

    assertThat(run("service", "uninstall"))
        .satisfies(done -> assertThat(done.code()).as(done.toString()).isZero());
    bed.awaitMissing(NAME, SOON);
    assertThat(bed.registryText(SOURCE)).doesNotContain("EventCreate.exe");
    assertThat(run("service", "status").code()).isEqualTo(5);
  }

  private Answer install(Path config) throws Exception {
    return run(
        "service",
        "install",
        "--config.file=" + config,
        "--storage.path=" + folder.resolve("my history"),
        "--web.listen-address=127.0.0.1:" + port);
  }

  private String metrics() {
    return Background.look(port, "/metrics").orElse("");
  }

  private List<String> events() {
    return bed.eventLogs().read("Application").stream()
        .filter(event -> event.provider().equals(NAME))
        .map(RecordedEvent::strings)
        .map(strings -> strings.get(0))
        .toList();
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("my history/log/imf-exporter.log.0"));
  }

  private record Answer(int code, List<String> lines) {}

  /** Runs a command of the program in the Windows JVM. */
  private static Answer run(String... arguments) throws Exception {
    Process process =
        new ProcessBuilder(new ArrayList<>(WindowsExporter.command(arguments)))
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), printed.lines().toList());
  }
}
