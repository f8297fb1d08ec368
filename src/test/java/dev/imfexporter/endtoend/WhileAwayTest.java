package dev.imfexporter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.bed.LoggedStatus;
import dev.imfexporter.bed.ServiceBehaviour;
import dev.imfexporter.bed.WindowsBed;
import dev.imfexporter.shipped.DashboardQueries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * An update restarts IIS Admin, slowly and by hand, while no exporter runs: the next one tells that
 * story from the event log, in metrics, on the command line, and to the alert rules.
 */
@Tag("endtoend")
@ResourceLock(WindowsBed.LOCK)
class WhileAwayTest {
  /**
   * The update is over, Windows was not updated, no update is pending or failed, no reboot is due,
   * nothing crashed or failed, and what an update did to all hosts takes more than one.
   */
  private static final List<String> NOT_IN_THE_STORY =
      List.of(
          "state!=\"idle\"",
          "state=\"idle\"} == 0",
          " > 50",
          "imf_update_last_info",
          "imf_update_pending",
          "imf_update_hosts",
          "imf_update_rollout_stop",
          "imf_update_scheduled_timestamp_seconds",
          "imf_update_failed_timestamp_seconds",
          "imf_host_reboot_pending_since_timestamp_seconds",
          "imf_service_failures_total",
          "imf_service_last_crash_timestamp_seconds");

  private static final Duration SOON = Duration.ofSeconds(30);

  /** An episode is closed two minutes after all was well. */
  private static final Duration CLOSED = Duration.ofMinutes(4);

  /** Longer than this is a halt here, as configured. */
  private static final Duration START_TAKES = Duration.ofSeconds(14);

  private final WindowsBed bed = WindowsBed.open();
  private final Path folder;
  private final WindowsExporter exporter;

  WhileAwayTest() throws IOException {
    Path runs = Path.of("target/bed/endtoend").toAbsolutePath();
    Files.createDirectories(runs);
    folder = Files.createTempDirectory(runs, "away");
    Path config = folder.resolve("imf-exporter.yml");
    Files.writeString(
        config,
        """
        modules:
          quick:
            definition_interval: 1s
            events_interval: 1s
            slow_after: 5s
            halted_after: 10s
            banner: { enabled: false }
        hosts: { mail01: { access: local, module: quick } }
        """);
    exporter = new WindowsExporter(folder, config);
    bed.reset();
    // No sign of an update yet: the default state has one that is as old as the bed's reset.
    bed.deleteVersionFolders();
    bed.deleteRegistryKey(WindowsBed.DEFINITION_KEY);
  }

  @AfterEach
  void stop() {
    bed.reset();
  }

  @Test
  void anUpdateOfTheTimeWithoutAnExporterIsReadFromTheLogWithItsOutcome() throws Exception {
    try (Background before = exporter.start()) {
      await()
          .atMost(SOON)
          .until(() -> value(before, "imf_update_episode_state{state=\"idle\"}") == 1);
    }
    Instant away = Instant.now();
    updateRestartsIisAdmin();

    try (Background after = exporter.start();
        Pager pager = Pager.start();
        Monitoring monitoring = Monitoring.start(folder, after.port(), pager)) {
      await()
          .atMost(SOON)
          .until(
              () ->
                  value(after, "imf_service_restart_duration_seconds_count{name=\"IISADMIN\"}")
                      == 1);
      assertThat(
              value(
                  after,
                  "imf_service_last_restart_duration_seconds{name=\"IISADMIN\",phase=\"total\"}"))
          .isBetween(seconds(away) - 1, seconds(away) + 1);
      assertThat(after.get("/metrics"))
          .contains("imf_definition_build{origin=\"registry\",} 7960.0")
          .doesNotContain(
              "imf_service_last_restart_duration_seconds{name=\"IISADMIN\",phase=\"stop\"");
      assertThat(run("diagnose", exporter.configuration(), exporter.storage()))
          .containsPattern("(IISADMIN|SMTPSVC) left RUNNING at")
          .contains("Known from the event log (to the second)")
          .contains("6.5.7960.0");
      await()
          .atMost(CLOSED)
          .until(
              () ->
                  value(after, "imf_update_episodes_total{outcome=\"recovered_after_halt\"}") == 1);
      await()
          .atMost(SOON)
          .until(() -> monitoring.alertsIn("firing").contains("ImfUpdateRecoveredAfterHalt"));
      // A restart beyond halted_after was a halt, and is not reported as a slow restart besides.
      assertThat(monitoring.alertsIn("firing")).doesNotContain("ImfServiceRestartSlow");
      theDashboardShowsIt(monitoring);
      assertThat(run("history", exporter.storage()))
          .contains("mail01: 2 outages, 1 update, as of ")
          .containsPattern("definition +recovered after halt");
      assertThat(pager.pages("firing")).isEmpty();
    }
  }

  private static void theDashboardShowsIt(Monitoring monitoring) throws IOException {
    List<DashboardQueries.Query> queries =
        DashboardQueries.read(Path.of("grafana/dashboards/imf-update-episodes.json")).stream()
            .filter(query -> NOT_IN_THE_STORY.stream().noneMatch(query.written()::contains))
            .toList();
    // The next scrape brings what the close of the episode added.
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(queries)
                    .filteredOn(query -> monitoring.count(query.expr()) == 0)
                    .as("queries of the dashboard without data")
                    .isEmpty());
  }

  private void updateRestartsIisAdmin() {
    bed.behaviour(
        "IISADMIN",
        ServiceBehaviour.normal().stoppingAfter(Duration.ofSeconds(1)).startingAfter(START_TAKES));
    bed.stop("SMTPSVC");
    bed.stop("IISADMIN");
    bed.versionFolder("6.5.7960.0");
    bed.registry(WindowsBed.DEFINITION_KEY, "PackageVersion", "6.5.7960.0");
    bed.start("IISADMIN");
    bed.start("SMTPSVC");
  }

  /** What the log of the service says about the outage, as far as the event log can know it. */
  private double seconds(Instant after) {
    Instant stopped = logged(ServiceState.STOPPED, after);
    Instant running = logged(ServiceState.RUNNING, stopped);
    return Duration.between(stopped, running).toMillis() / 1000.0;
  }

  private Instant logged(ServiceState state, Instant after) {
    return bed.serviceLog().stream()
        .filter(line -> line.service().equals("IISADMIN") && line.state() == state)
        .map(LoggedStatus::at)
        .filter(at -> !at.isBefore(after))
        .findFirst()
        .orElseThrow();
  }

  private static double value(Background exporter, String series) {
    return exporter
        .look("/metrics")
        .map(Scrape::parse)
        .filter(scrape -> scrape.has(series))
        .map(scrape -> scrape.value(series))
        .orElse(Double.NaN);
  }

  private static String run(String... arguments) throws Exception {
    Process process =
        new ProcessBuilder(WindowsExporter.command(arguments)).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
    return output.replace("\r", "");
  }
}
