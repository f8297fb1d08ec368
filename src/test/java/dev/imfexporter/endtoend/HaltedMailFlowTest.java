package dev.imfexporter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.bed.LoggedStatus;
import dev.imfexporter.bed.ServiceBehaviour;
import dev.imfexporter.bed.ServiceBehaviour.OnStop;
import dev.imfexporter.bed.WindowsBed;
import dev.imfexporter.shipped.DashboardQueries;
import dev.imfexporter.shipped.DashboardQueries.Query;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * From the Win32 call to the page: the packaged program in the Windows JVM reads the stand-in
 * services, Prometheus scrapes it, the shipped rules fire, Alertmanager delivers.
 */
@Tag("endtoend")
@ResourceLock(WindowsBed.LOCK)
class HaltedMailFlowTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration PAGED = Duration.ofSeconds(60);
  private static final Duration RESOLVED = Duration.ofSeconds(90);
  private static final double CLOSE = 0.05;
  private static final String AFTER_UPDATE = "ImfMailFlowHaltedAfterUpdate";
  private static final String HALTED = "ImfMailFlowHalted";

  /**
   * Alerts that inform of what the test itself does, some for longer than the test; none pages.
   * With three restarts, which a busy machine takes for the phases, the services do flap.
   */
  private static final Set<String> NEWS =
      Set.of(
          "ImfServiceFlapping",
          "ImfServiceCrashed",
          "ImfServiceRestartSlow",
          "ImfMailFlowStalled",
          "ImfUpdateRecoveredAfterHalt");

  /**
   * No installer has reported an update, the filter has no counters, no message waits, no dialogue
   * with SMTP is configured, no host is read over SMB, no known trouble has its signature, and a
   * month has not passed.
   */
  private static final List<String> NOT_IN_THE_STORY =
      List.of(
          "imf_update_last_info{",
          "imf_filter_messages_acted_upon_total",
          "time() - min(imf_smtp_folder_oldest_timestamp_seconds",
          "topk by (job, instance) (1,",
          "imf_smtp_dialogue_",
          "imf_smtp_recipient_verdict",
          "imf_smtp_tls_",
          // A forecast takes an hour and a half of growth.
          "imf_mail_volume_full_timestamp_seconds",
          "imf_auth_blocked",
          "avg30d");

  private final WindowsBed bed = WindowsBed.open();
  private Path folder = Path.of("target/bed/endtoend");
  private Pager pager;
  private Background exporter;
  private Monitoring monitoring;

  HaltedMailFlowTest() throws IOException {
    Files.createDirectories(folder);
    folder = Files.createTempDirectory(folder.toAbsolutePath(), "run");
    pager = Pager.start();
    bed.reset();
    // No sign of an update yet: the default state has one that is as old as the bed's reset.
    bed.deleteVersionFolders();
    bed.deleteRegistryKey(WindowsBed.DEFINITION_KEY);
    bed.performance().set("SMTP 1", "Remote Queue Length", 17);
    exporter = startExporter();
    monitoring = Monitoring.start(folder, exporter.port(), pager);
  }

  @BeforeEach
  void healthyHostIsSilent() {
    await().atMost(SOON).until(() -> monitoring.count("imf_up == 1") == 1);
    await().atMost(SOON).until(() -> monitoring.count("ALERTS{alertname=\"ImfWatchdog\"}") == 1);
    assertThat(monitoring.alertsIn("firing")).isEmpty();
    assertThat(monitoring.alertsIn("pending")).isEmpty();
  }

  @AfterEach
  void stop() {
    monitoring.close();
    exporter.close();
    pager.close();
    bed.reset();
  }

  @Test
  void haltAfterAnUpdatePagesOnceAndResolves() throws Exception {
    Set<Query> empty = new LinkedHashSet<>(dashboards());
    empty.removeIf(query -> NOT_IN_THE_STORY.stream().anyMatch(query.expr()::contains));
    empty.removeIf(query -> monitoring.count(query.expr()) > 0);
    valuesOfTheHostAreExposed();
    phasesOfARestartAreThoseOfTheLog();

    // The update: SMTP goes with IIS Admin, which hangs on its way down.
    bed.behaviour("IISADMIN", ServiceBehaviour.normal().with(OnStop.HANG));
    bed.stop("SMTPSVC");
    bed.requestStop("IISADMIN");
    bed.versionFolder("6.5.7960.0");
    await().atMost(PAGED).until(() -> monitoring.alertsIn("firing").contains(AFTER_UPDATE));
    bed.registry(WindowsBed.DEFINITION_KEY, "InstalledDate", "11/22/2026");
    bed.registry(WindowsBed.DEFINITION_KEY, "PackageVersion", "6.5.7960.0");
    await()
        .atMost(PAGED)
        .until(() -> monitoring.alertsIn("firing").containsAll(List.of("ImfIisAdminDown", HALTED)));
    await().atMost(SOON).until(() -> monitoring.alerts().size() >= 3);

    assertThat(beside(NEWS, monitoring.active())).containsExactly(AFTER_UPDATE);
    await().atMost(SOON).until(() -> !pager.pages("firing").isEmpty());
    empty.removeIf(query -> monitoring.count(query.expr()) > 0);
    assertThat(monitoring.value("imf_definition_build{origin=\"folder\"}")).isEqualTo(7960);
    await()
        .atMost(SOON)
        .until(() -> monitoring.count("imf_definition_build{origin=\"registry\"} == 7960") == 1);

    // An administrator ends the hang and starts both.
    bed.behaviour("IISADMIN", ServiceBehaviour.normal());
    bed.await("IISADMIN", ServiceState.STOPPED, SOON);
    bed.start("IISADMIN");
    bed.start("SMTPSVC");
    await().atMost(RESOLVED).until(() -> beside(NEWS, monitoring.alertsIn("firing")).isEmpty());
    await().atMost(RESOLVED).until(() -> beside(NEWS, names(monitoring.alerts())).isEmpty());
    await().atMost(RESOLVED).until(() -> !pager.pages("resolved").isEmpty());

    assertThat(pager.pages("firing")).hasSize(1);
    assertThat(pager.pages("firing").get(0).alerts()).containsExactly(AFTER_UPDATE);
    empty.removeIf(query -> monitoring.count(query.expr()) > 0);
    assertThat(empty).as("queries of the dashboards that never returned data").isEmpty();
  }

  @Test
  void haltWithoutASignOfAnUpdateIsPagedAsSuch() {
    bed.stop("SMTPSVC");
    await().atMost(PAGED).until(() -> monitoring.alertsIn("firing").contains(HALTED));
    await().atMost(SOON).until(() -> beside(NEWS, monitoring.active()).equals(List.of(HALTED)));
    await().atMost(SOON).until(() -> !pager.pages("firing").isEmpty());
    assertThat(monitoring.alertsIn("firing")).doesNotContain(AFTER_UPDATE);

    bed.start("SMTPSVC");
    await().atMost(RESOLVED).until(() -> beside(NEWS, names(monitoring.alerts())).isEmpty());
    await().atMost(RESOLVED).until(() -> !pager.pages("resolved").isEmpty());
    assertThat(pager.pages("firing")).hasSize(1);
  }

  private static List<String> beside(Set<String> news, Collection<String> alerts) {
    return alerts.stream().filter(alert -> !news.contains(alert)).toList();
  }

  private static List<String> names(List<Alertmanager.Alert> alerts) {
    return alerts.stream().map(Alertmanager.Alert::name).toList();
  }

  private void valuesOfTheHostAreExposed() throws Exception {
    assertThat(promtoolCheckMetrics(exporter.get("/metrics"))).isEmpty();
    assertThat(monitoring.value("imf_service_state{name=\"SMTPSVC\",state=\"running\"}"))
        .isEqualTo(1);
    assertThat(
            monitoring.value("imf_smtp_queue_length{virtual_server=\"SMTP 1\",queue=\"remote\"}"))
        .isEqualTo(17);
    assertThat(monitoring.count("imf_service_state_source{source=\"notification\"} == 1"))
        .isGreaterThanOrEqualTo(2);
  }

  /** The closest of three: a busy machine may hold up one, but not each of them. */
  private void phasesOfARestartAreThoseOfTheLog() {
    bed.behaviour(
        "IISADMIN",
        ServiceBehaviour.normal()
            .stoppingAfter(Duration.ofMillis(1200))
            .startingAfter(Duration.ofMillis(1700)));
    double closest = Double.MAX_VALUE;
    for (int restarts = 1; restarts <= 3 && closest > CLOSE; restarts++) {
      closest = Math.min(closest, farthestPhaseOfARestart(restarts));
    }
    assertThat(closest).as("seconds between a phase and the log").isLessThanOrEqualTo(CLOSE);
  }

  private double farthestPhaseOfARestart(int restarts) {
    Instant begin = Instant.now();
    bed.stop("IISADMIN");
    bed.start("IISADMIN");
    String count = "imf_service_restart_duration_seconds_count{name=\"IISADMIN\"} == " + restarts;
    await().atMost(SOON).until(() -> monitoring.count(count) == 1);

    Instant stopping = logged(ServiceState.STOP_PENDING, begin);
    Instant stopped = logged(ServiceState.STOPPED, begin);
    Instant starting = logged(ServiceState.START_PENDING, begin);
    Instant running = logged(ServiceState.RUNNING, begin);
    return DoubleStream.of(
            difference("stop", stopping, stopped),
            difference("down", stopped, starting),
            difference("start", starting, running),
            difference("total", stopping, running))
        .max()
        .orElseThrow();
  }

  private double difference(String phase, Instant from, Instant to) {
    String query =
        "imf_service_last_restart_duration_seconds{name=\"IISADMIN\",phase=\"" + phase + "\"}";
    double logged = Duration.between(from, to).toMillis() / 1000.0;
    return Math.abs(monitoring.value(query) - logged);
  }

  private Instant logged(ServiceState state, Instant after) {
    return bed.serviceLog().stream()
        .filter(line -> line.service().equals("IISADMIN") && line.state() == state)
        .map(LoggedStatus::at)
        .filter(at -> !at.isBefore(after))
        .findFirst()
        .orElseThrow();
  }

  private Background startExporter() throws IOException {
    int port = Background.freePort();
    Path config = folder.resolve("imf-exporter.yml");
    Files.writeString(
        config,
        """
        modules:
          quick: { definition_interval: 1s, halted_after: 15s, halted_after_boot: 30s, slow_after: 3s }
        hosts: { mail01: { access: local, module: quick } }
        """);
    return Background.start(
        "exporter",
        folder,
        port,
        "/-/ready",
        List.of(
            "src/test/bed/windows",
            "java",
            "-XX:+UseSerialGC",
            "-Xmx48m",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            "target/imf-exporter.jar",
            "--config.file=" + Path.of("").toAbsolutePath().relativize(config),
            "--storage.path=" + Path.of("").toAbsolutePath().relativize(folder.resolve("history")),
            "--web.listen-address=127.0.0.1:" + port));
  }

  /** Those of all hosts, of the host, and of the exporter; WhileAwayTest has that of updates. */
  private static List<Query> dashboards() throws IOException {
    List<Query> queries = new ArrayList<>();
    for (String uid : List.of("imf-fleet", "imf-host", "imf-exporter")) {
      queries.addAll(DashboardQueries.read(Path.of("grafana/dashboards", uid + ".json")));
    }
    return queries;
  }

  private String promtoolCheckMetrics(String metrics) throws Exception {
    Path scraped = folder.resolve("metrics.txt");
    Files.writeString(scraped, metrics);
    Process promtool =
        new ProcessBuilder("promtool", "check", "metrics")
            .redirectInput(scraped.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    promtool.waitFor();
    return output;
  }
}
