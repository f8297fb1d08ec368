package dev.imfexporter.endtoend;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The alerts of hosts by their metrics and the shipped rules: promtool gets these as if Prometheus
 * had scraped them every minute. Its clock begins at 0.
 */
final class ScrapedAlerts {
  private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*),})? (\\S+)");

  /** The values of each series of each host, in promtool's notation. */
  private final Map<String, Map<String, StringBuilder>> hosts = new TreeMap<>();

  private final List<String> expected = new ArrayList<>();

  /** The host exposed these metrics from one minute until another; before that, its former ones. */
  void scraped(String host, int from, int until, String metrics) {
    Map<String, StringBuilder> series = hosts.computeIfAbsent(host, h -> new TreeMap<>());
    Map<String, String> samples = samples(host, metrics);
    for (String name : samples.keySet()) {
      series.computeIfAbsent(name, n -> new StringBuilder("_x").append(from));
    }
    int more = until - from - 1;
    series.forEach(
        (name, values) -> {
          String value = samples.get(name);
          values.append(value == null ? " stale _x" + more : " " + value + "x" + more);
        });
  }

  private static Map<String, String> samples(String host, String metrics) {
    Map<String, String> samples = new HashMap<>();
    for (String line : ("up 1\n" + metrics).split("\n", -1)) {
      Matcher sample = SAMPLE.matcher(line);
      if (sample.matches()) {
        String labels = sample.group(2) == null ? "" : "," + sample.group(2);
        samples.put(
            "%s{job=\"mail\",instance=\"%s\"%s}".formatted(sample.group(1), host, labels),
            new BigDecimal(sample.group(3)).toPlainString());
      }
    }
    return samples;
  }

  /** At that minute, the host is to have exactly these alerts. */
  void expect(String host, int minute, Collection<String> alerts) {
    expected.add(
        """
              - expr: count by (alertname) (ALERTS{alertstate="firing", alertname!="ImfWatchdog", instance="%s"})
                eval_time: %dm
                exp_samples: [%s]
        """
            .formatted(
                host,
                minute,
                alerts.stream()
                    .map(alert -> "{ labels: '{alertname=\"%s\"}', value: 1 }".formatted(alert))
                    .collect(joining(", "))));
  }

  /** Runs promtool, which leaves its files in this folder. */
  void check(Path folder) throws IOException, InterruptedException {
    String series =
        hosts.values().stream()
            .flatMap(host -> host.entrySet().stream())
            .map(
                each ->
                    "      - { series: '%s', values: '%s' }\n"
                        .formatted(each.getKey(), each.getValue()))
            .collect(joining());
    Path test = folder.resolve("alerts.yml");
    Files.writeString(
        test,
        """
        rule_files: [%s]
        evaluation_interval: 1m
        tests:
          - interval: 1m
            input_series:
        %s    promql_expr_test:
        %s"""
            .formatted(
                Path.of("alerts/imf-exporter.rules.yml").toAbsolutePath(),
                series,
                String.join("", expected)));
    Path output = folder.resolve("alerts.txt");
    Process promtool =
        new ProcessBuilder("promtool", "test", "rules", test.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(promtool.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(promtool.exitValue()).as(Files.readString(output)).isZero();
  }
}
