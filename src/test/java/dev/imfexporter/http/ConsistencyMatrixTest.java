package dev.imfexporter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.access.Win32Error;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Result;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.diagnosis.DayEvents;
import dev.imfexporter.diagnosis.Diagnosis;
import dev.imfexporter.diagnosis.Diagnosis.Verdict;
import dev.imfexporter.exposition.Build;
import dev.imfexporter.exposition.Exposition;
import dev.imfexporter.exposition.Format;
import dev.imfexporter.exposition.SelfMetrics;
import dev.imfexporter.page.HostPage;
import dev.imfexporter.page.PageView;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.watch.UpdateNight;
import dev.imfexporter.watch.model.Collected;
import dev.imfexporter.watch.model.Concern;
import dev.imfexporter.watch.model.Failures;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.ServiceHistory;
import dev.imfexporter.watch.model.SmtpAddress;
import dev.imfexporter.watch.model.Standing;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * SMTPSVC in each of 8 states, with each of 6 start modes, which ran before or not, and whose start
 * mode changed around an update or not, and SMTPSVC that runs after crashes and restarts: the page,
 * diagnose, the metrics, mail flow and the shipped rules have the same answer to "is mail halted?"
 * and "does it need attention?". The rules are asked by promtool, for which the test writes a file.
 */
class ConsistencyMatrixTest {
  private static final Path FILE = Path.of("target/consistency/matrix.test.yml");
  private static final Duration NOW = Duration.ofMinutes(20);
  private static final Pattern SERIES =
      Pattern.compile("^(imf_(?:up|service_[a-z_]*|mail_flow_[a-z_]*))(?:\\{(.*?),?})? (\\S+)$");

  /**
   * One cell.
   *
   * @param state empty when the service is not installed
   */
  private record Cell(
      Optional<ServiceState> state, StartMode mode, boolean ran, boolean updateWindow) {

    /** The definition of "should run", written apart from the code. */
    Standing expected() {
      if (state.isEmpty()) {
        return ran ? Standing.REMOVED : Standing.MISSING;
      }
      switch (state.get()) {
        case RUNNING -> {
          return Standing.RUNNING;
        }
        case PAUSE_PENDING, PAUSED, CONTINUE_PENDING -> {
          return Standing.PAUSED;
        }
        case STOPPED, START_PENDING, STOP_PENDING -> {}
      }
      boolean weaker = mode == StartMode.MANUAL || mode == StartMode.DISABLED;
      if (ran && updateWindow && weaker) {
        return Standing.LEFT_DOWN_BY_UPDATE;
      }
      if (mode == StartMode.DISABLED) {
        return Standing.DISABLED;
      }
      boolean stopped = state.get() == ServiceState.STOPPED;
      return ran || !stopped ? Standing.DOWN : Standing.RESTING;
    }

    /** Why the service needs attention although it is not down, written apart from the code. */
    Set<Concern> concerns() {
      boolean weaker = mode == StartMode.MANUAL || mode == StartMode.DISABLED;
      return switch (expected()) {
        case RUNNING -> weaker ? Set.of(Concern.STAYS_DOWN_AFTER_BOOT) : Set.of();
        case RESTING -> weaker ? Set.of() : Set.of(Concern.NEVER_RAN);
        default -> Set.of();
      };
    }

    String name() {
      return "%s-%s-%s-%s"
          .formatted(
              state.map(ServiceState::word).orElse("missing"),
              mode.word(),
              ran ? "ran" : "new",
              updateWindow ? "update" : "quiet");
    }

    UpdateNight play() {
      UpdateNight night = new UpdateNight(false);
      if (!ran) {
        enter(night);
        // ERROR_SERVICE_NEVER_STARTED: the host says that it has not run since the boot.
        night.exitCode = state.equals(Optional.of(ServiceState.STOPPED)) ? 1077 : 0;
      }
      night.pass(Duration.ofSeconds(100));
      if (updateWindow) {
        night.update();
        night.pass(Duration.ofSeconds(10));
      }
      enter(night);
      night.pass(Duration.ofSeconds(20));
      night.mode = mode;
      return night.pass(Duration.ofMinutes(15));
    }

    private void enter(UpdateNight night) {
      night.installed = state.isPresent();
      night.service = state.orElse(ServiceState.STOPPED);
    }
  }

  /** How steadily SMTPSVC ran until now, at the end of which it runs. */
  private enum Course {
    STEADY,
    CRASHED,
    CRASHED_LONG_AGO,
    CRASH_LOOP,
    RESTARTED_TWICE,
    RESTARTED_THRICE,
    RESTARTED_THRICE_LONG_AGO;

    Set<Concern> concerns() {
      return switch (this) {
        case STEADY, CRASHED_LONG_AGO, RESTARTED_TWICE, RESTARTED_THRICE_LONG_AGO -> Set.of();
        case CRASHED -> Set.of(Concern.CRASHED);
        case CRASH_LOOP -> Set.of(Concern.CRASHED, Concern.FLAPPING);
        case RESTARTED_THRICE -> Set.of(Concern.FLAPPING);
      };
    }

    UpdateNight play() {
      UpdateNight night = new UpdateNight(false);
      switch (this) {
        case STEADY -> {}
        case CRASHED, CRASHED_LONG_AGO -> outage(night, Win32Error.PROCESS_ABORTED);
        case CRASH_LOOP -> {
          outage(night, Win32Error.PROCESS_ABORTED);
          outage(night, Win32Error.PROCESS_ABORTED);
          outage(night, Win32Error.PROCESS_ABORTED);
        }
        case RESTARTED_TWICE -> {
          outage(night, 0);
          outage(night, 0);
        }
        case RESTARTED_THRICE, RESTARTED_THRICE_LONG_AGO -> {
          outage(night, 0);
          outage(night, 0);
          outage(night, 0);
        }
      }
      boolean longAgo = this == CRASHED_LONG_AGO || this == RESTARTED_THRICE_LONG_AGO;
      return night.pass(longAgo ? Duration.ofMinutes(61) : Duration.ofMinutes(1));
    }

    private static void outage(UpdateNight night, long exitCode) {
      night.pass(Duration.ofMinutes(1));
      night.service = ServiceState.STOPPED;
      night.exitCode = exitCode;
      night.pass(Duration.ofSeconds(20));
      night.service = ServiceState.RUNNING;
      night.exitCode = 0;
      night.pass(Duration.ofSeconds(5));
    }
  }

  private final SelfMetrics self = SelfMetrics.start(Build.of("1.2.3"));

  @AfterEach
  void close() {
    self.close();
  }

  @Test
  void allAgreeInEachCell() throws Exception {
    List<String> series = new ArrayList<>();
    List<String> halted = new ArrayList<>();
    List<String> afterUpdate = new ArrayList<>();
    Map<Concern, List<String>> concerned = new EnumMap<>(Concern.class);
    for (Course course : Course.values()) {
      String name = course.name();
      HostSnapshot snapshot = snapshot(name, course.play());
      assertConcerns(snapshot, course.concerns());
      assertThat(snapshot.history().services().get(0).standing())
          .as(name)
          .isEqualTo(Standing.RUNNING);
      course
          .concerns()
          .forEach(concern -> concerned.computeIfAbsent(concern, c -> new ArrayList<>()).add(name));
      series.addAll(series(snapshot, metrics(snapshot)));
    }
    for (Cell cell : cells()) {
      HostSnapshot snapshot = snapshot(cell.name(), cell.play());
      Standing standing = cell.expected();
      boolean down = standing.isDown();
      String text = metrics(snapshot);

      assertThat(snapshot.history().services().get(0).standing())
          .as(cell.name())
          .isEqualTo(standing);
      assertThat(text)
          .as(cell.name())
          .contains(
              "imf_service_standing{name=\"SMTPSVC\",standing=\"" + standing.word() + "\",} 1.0")
          .contains("imf_service_halted{name=\"SMTPSVC\",} " + (down ? "1.0" : "0.0"));
      assertThat(snapshot.history().mailFlow().state() == MailFlow.State.HALTED)
          .as(cell.name())
          .isEqualTo(down);
      assertConcerns(snapshot, cell.concerns());

      cell.concerns()
          .forEach(
              concern ->
                  concerned.computeIfAbsent(concern, c -> new ArrayList<>()).add(cell.name()));
      series.addAll(series(snapshot, text));
      if (down) {
        halted.add(cell.name());
      }
      // Also when no source saw the outage begin: markers of the hour before count.
      if (down && cell.updateWindow()) {
        afterUpdate.add(cell.name());
      }
    }
    assertThat(halted).hasSizeBetween(20, 170);
    assertThat(concerned).containsOnlyKeys(Concern.values());
    List<String> queries = new ArrayList<>();
    queries.addAll(firing("ImfMailFlowHalted", halted));
    queries.addAll(firing("ImfMailFlowHaltedAfterUpdate", afterUpdate));
    queries.addAll(
        firing("ImfServiceFlapping", concerned.getOrDefault(Concern.FLAPPING, List.of())));
    queries.addAll(firing("ImfServiceCrashed", concerned.getOrDefault(Concern.CRASHED, List.of())));
    queries.addAll(
        firing("ImfServiceNeverRan", concerned.getOrDefault(Concern.NEVER_RAN, List.of())));
    queries.addAll(
        firing(
            "ImfService(SetToManual|Disabled)",
            " and on (instance) imf_service_standing{standing=\"running\"} == 1",
            concerned.getOrDefault(Concern.STAYS_DOWN_AFTER_BOOT, List.of())));
    write(series, queries);
  }

  /** The page and diagnose ask for attention if the service is down or has a concern. */
  private static void assertConcerns(HostSnapshot snapshot, Set<Concern> concerns) {
    ServiceHistory service = snapshot.history().services().get(0);
    assertThat(service.concerns()).as(snapshot.name()).isEqualTo(concerns);
    boolean failing =
        service.standing().isDown() || snapshot.history().mailFlow().state().isFailing();
    assertThat(page(snapshot).contains("class=\"headline attention\""))
        .as(snapshot.name())
        .isEqualTo(failing || !concerns.isEmpty());
    Diagnosis diagnosis =
        Diagnosis.of(snapshot, new DayEvents.Read(List.of()), TimeView.utc(now(snapshot)));
    assertThat(diagnosis.verdict())
        .as(snapshot.name())
        .isEqualTo(
            failing ? Verdict.FAILING : concerns.isEmpty() ? Verdict.HEALTHY : Verdict.AT_RISK);
    if (diagnosis.verdict() != Verdict.HEALTHY) {
      assertThat(diagnosis.nextSteps()).as(snapshot.name()).doesNotContain("Nothing.");
    }
  }

  private static List<Cell> cells() {
    List<Optional<ServiceState>> states = new ArrayList<>(List.of(Optional.empty()));
    for (ServiceState state : ServiceState.values()) {
      states.add(Optional.of(state));
    }
    List<Cell> cells = new ArrayList<>();
    for (Optional<ServiceState> state : states) {
      for (StartMode mode : StartMode.values()) {
        for (boolean ran : new boolean[] {true, false}) {
          cells.add(new Cell(state, mode, ran, true));
          cells.add(new Cell(state, mode, ran, false));
        }
      }
    }
    assertThat(cells).hasSize(8 * 6 * 2 * 2);
    return cells;
  }

  private static HostSnapshot snapshot(String name, UpdateNight night) {
    Instant at = night.now().wall();
    return new HostSnapshot(
        name,
        AccessKind.LOCAL,
        SmtpAddress.DEFAULT,
        Collected.of(
            List.of(
                new Timed<>(
                    CollectorKey.SERVICES,
                    new Result.Ok<>(night.services()),
                    at,
                    Duration.ofMillis(3))),
            at),
        night.history(),
        Failures.NONE);
  }

  private static Instant now(HostSnapshot snapshot) {
    return snapshot.collected().get(CollectorKey.SERVICES).at();
  }

  private static String page(HostSnapshot snapshot) {
    return HostPage.of(snapshot, HostPage.Place.HERE, PageView.utc(now(snapshot)), "1.2.3");
  }

  private String metrics(HostSnapshot snapshot) throws Exception {
    return new String(new Exposition(self).host(Format.TEXT, snapshot).body(), UTF_8);
  }

  /** What Prometheus would have of the host, unchanged for half an hour around now. */
  private static List<String> series(HostSnapshot snapshot, String text) {
    String host = snapshot.name();
    List<String> lines = new ArrayList<>();
    text.lines()
        .map(SERIES::matcher)
        .filter(found -> found.matches())
        .forEach(
            found -> {
              String labels = Optional.ofNullable(found.group(2)).map(l -> "," + l).orElse("");
              lines.add(
                  "      - series: '%s{job=\"imf\",instance=\"%s\"%s}'"
                      .formatted(found.group(1), host, labels));
              BigDecimal value = new BigDecimal(found.group(3));
              if (found.group(1).endsWith("_timestamp_seconds")) {
                // promtool's time begins at 0.
                value = value.subtract(BigDecimal.valueOf(now(snapshot).getEpochSecond()));
                value = value.add(BigDecimal.valueOf(NOW.toSeconds()));
              }
              lines.add("        values: '%s+0x30'".formatted(value.toPlainString()));
            });
    return lines;
  }

  private static void write(List<String> series, List<String> queries) throws Exception {
    List<String> lines = new ArrayList<>();
    lines.add("rule_files: [../../alerts/imf-exporter.rules.yml]");
    lines.add("evaluation_interval: 1m");
    lines.add("tests:");
    lines.add("  - interval: 1m");
    lines.add("    input_series:");
    lines.addAll(series);
    lines.add("    promql_expr_test:");
    lines.addAll(queries);
    Files.createDirectories(FILE.getParent());
    Files.write(FILE, lines);
  }

  private static List<String> firing(String alert, List<String> hosts) {
    return firing(alert, "", hosts);
  }

  private static List<String> firing(String alert, String where, List<String> hosts) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "      - expr: max by (instance) (ALERTS{alertname=~\"%s\",alertstate=\"firing\"}%s)"
            .formatted(alert, where));
    lines.add("        eval_time: " + NOW.toMinutes() + "m");
    lines.add("        exp_samples:");
    hosts.forEach(
        host -> lines.add("          - { labels: '{instance=\"" + host + "\"}', value: 1 }"));
    return lines;
  }
}
