package dev.imfexporter.overview;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Components;
import dev.imfexporter.collector.Result;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.exposition.Build;
import dev.imfexporter.exposition.Exposition;
import dev.imfexporter.exposition.Format;
import dev.imfexporter.exposition.SelfMetrics;
import dev.imfexporter.watch.UpdateNight;
import dev.imfexporter.watch.model.Collected;
import dev.imfexporter.watch.model.Failures;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.SmtpAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A night in which 200 hosts are updated, a host at a time: half of them with a good definition,
 * and half with a bad one, on which a plug-in of every tenth hangs for eight minutes. The pages'
 * value and the metrics are looked at each minute, and the shipped rule is asked by promtool, for
 * which the test writes a file.
 */
class FleetNightTest {
  private static final Path FILE = Path.of("target/consistency/rollout.test.yml");
  private static final int HOSTS = 200;
  private static final int MINUTES = 30;
  private static final Duration STEP = Duration.ofSeconds(10);
  private static final int STEPS = 6;
  private static final String GOOD = "6.5.2.0";
  private static final String BAD = "6.5.3.0";
  private static final Pattern SERIES =
      Pattern.compile("^(imf_update_(?:hosts|rollout_stop))\\{(.*?),?} (\\S+)\\.0$");

  /** A host of the night. */
  private static final class Sleeper {
    private final UpdateNight night = new UpdateNight(false);
    private final int number;

    Sleeper(int number) {
      this.number = number;
    }

    boolean isBad() {
      return number >= HOSTS / 2;
    }

    boolean hasPlugIn() {
      return number % 10 == 0;
    }

    /** It is updated after two minutes and a second for each host before. */
    void step(int step) {
      int since = step - 2 * STEPS - number % (HOSTS / 2) / 2;
      if (since == 0) {
        night.update();
        if (isBad()) {
          night.update();
        }
        night.service = ServiceState.STOPPED;
      }
      if (since == (isBad() && hasPlugIn() ? 8 * STEPS : 2)) {
        night.service = ServiceState.RUNNING;
      }
      night.pass(STEP);
    }

    HostSnapshot snapshot() {
      Instant at = night.now().wall();
      List<Components.Component> loaded =
          hasPlugIn() ? List.of(new Components.Component("scan.dll", "Example", "1")) : List.of();
      return new HostSnapshot(
          "mail" + number,
          AccessKind.DEMO,
          SmtpAddress.DEFAULT,
          Collected.of(
              List.of(
                  timed(CollectorKey.SERVICES, night.services(), at),
                  timed(CollectorKey.COMPONENTS, new Components(loaded, 0, 90), at)),
              at),
          night.history(),
          Failures.NONE);
    }

    private static <T> Timed<T> timed(CollectorKey<T> key, T value, Instant at) {
      return new Timed<>(key, new Result.Ok<>(value), at, Duration.ofMillis(3));
    }
  }

  private final List<Sleeper> hosts = new ArrayList<>();
  private final Map<String, List<String>> series = new TreeMap<>();
  private Rollouts now = Rollouts.of(List.of(), Instant.EPOCH);

  @Test
  void theBadUpdateIsToStopAndTheGoodOneIsNot() throws Exception {
    for (int i = 0; i < HOSTS; i++) {
      hosts.add(new Sleeper(i));
    }
    int stopFrom = MINUTES;
    try (SelfMetrics self = SelfMetrics.start(Build.of("1.2.3"))) {
      self.rollouts(() -> now);
      long[] minutes = {0};
      Exposition metrics = new Exposition(self, () -> Duration.ofMinutes(minutes[0]).toNanos());
      for (int minute = 0; minute < MINUTES; minute++) {
        for (int step = 0; step < STEPS; step++) {
          int at = minute * STEPS + step;
          hosts.forEach(host -> host.step(at));
        }
        now =
            Rollouts.of(
                hosts.stream().map(Sleeper::snapshot).toList(), hosts.get(0).night.now().wall());
        minutes[0] = minute;
        sample(minute, new String(metrics.page(Format.TEXT, Optional.empty()).body(), UTF_8));
        if (!now.toStop().isEmpty()) {
          stopFrom = Math.min(stopFrom, minute);
        }
      }
    }
    assertThat(now.all()).extracting(rollout -> rollout.name().id()).containsExactly(BAD, GOOD);
    assertThat(now.toStop()).extracting(rollout -> rollout.name().id()).containsExactly(BAD);
    Rollout bad = now.all().get(0);
    assertThat(bad.hosts()).hasSize(HOSTS / 2);
    assertThat(bad.haltedLately(now.now())).isEqualTo(HOSTS / 20);
    assertThat(bad.components()).singleElement().satisfies(this::isThePlugIn);
    assertThat(now.all().get(1).all().halted()).isZero();
    write(stopFrom);
  }

  private void isThePlugIn(Rollout.Group group) {
    assertThat(group.name()).isEqualTo("scan.dll");
    assertThat(group.hosts()).isEqualTo(HOSTS / 20);
    assertThat(group.halted()).isEqualTo(HOSTS / 20);
  }

  private void sample(int minute, String text) {
    text.lines()
        .map(SERIES::matcher)
        .filter(Matcher::matches)
        .forEach(
            sample -> {
              String name =
                  "%s{job=\"imf-exporter\",instance=\"monitor:10747\",%s}"
                      .formatted(sample.group(1), sample.group(2));
              List<String> values = series.computeIfAbsent(name, n -> new ArrayList<>());
              while (values.size() < minute) {
                values.add("_");
              }
              values.add(sample.group(3));
            });
  }

  private void write(int stopFrom) throws Exception {
    assertThat(stopFrom).isBetween(8, 20);
    List<String> lines = new ArrayList<>();
    lines.add("rule_files: [../../alerts/imf-exporter.rules.yml]");
    lines.add("evaluation_interval: 1m");
    lines.add("tests:");
    lines.add("  - interval: 1m");
    lines.add("    input_series:");
    series.forEach(
        (name, values) -> {
          lines.add("      - series: '%s'".formatted(name));
          lines.add("        values: '%s'".formatted(String.join(" ", values)));
        });
    lines.add("    promql_expr_test:");
    for (int minute = 0; minute < MINUTES; minute++) {
      lines.add("      - expr: count by (update_id) (ALERTS{alertname=~\"ImfUpdate.*\"})");
      lines.add("        eval_time: %dm".formatted(minute));
      lines.add(
          minute < stopFrom
              ? "        exp_samples: []"
              : "        exp_samples: [{ labels: '{update_id=\"%s\"}', value: 1 }]".formatted(BAD));
    }
    Files.createDirectories(FILE.getParent());
    Files.write(FILE, lines);
  }
}
