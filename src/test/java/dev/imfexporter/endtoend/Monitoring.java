package dev.imfexporter.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * A Prometheus and an Alertmanager with the shipped rules and inhibition. Only waits are shortened
 * (src/test/bed/shorten-rules), so that an incident takes seconds, and receivers are replaced.
 */
final class Monitoring implements AutoCloseable {

  /** Of the time that the shipped rules wait; their page after 5 min comes after 15 s. */
  private static final String FACTOR = "0.05";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Background prometheus;
  private final Alertmanager alertmanager;

  private Monitoring(Background prometheus, Alertmanager alertmanager) {
    this.prometheus = prometheus;
    this.alertmanager = alertmanager;
  }

  /** Scrapes the exporter's own page. */
  static Monitoring start(Path folder, int exporterPort, Pager pager) throws IOException {
    return start(
        folder,
        """
        scrape_configs:
          - { job_name: imf, static_configs: [ { targets: [ "127.0.0.1:%d" ] } ] }
        """
            .formatted(exporterPort),
        pager);
  }

  /**
   * Scrapes what it is told to.
   *
   * @param scrapeConfigs this part of Prometheus's configuration
   */
  static Monitoring start(Path folder, String scrapeConfigs, Pager pager) throws IOException {
    Path rules = folder.resolve("rules.yml");
    run("src/test/bed/shorten-rules", "--factor", FACTOR, "alerts/imf-exporter.rules.yml", rules);

    Alertmanager alertmanager = Alertmanager.start(folder, pager, config -> config);

    int prometheusPort = Background.freePort();
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(
        config,
        """
        global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }
        rule_files: [ "%s" ]
        alerting: { alertmanagers: [ { static_configs: [ { targets: [ "127.0.0.1:%d" ] } ] } ] }
        %s"""
            .formatted(rules.toAbsolutePath(), alertmanager.port(), scrapeConfigs));
    Background prometheus =
        Background.start(
            "prometheus",
            folder,
            prometheusPort,
            "/-/ready",
            List.of(
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + prometheusPort));
    return new Monitoring(prometheus, alertmanager);
  }

  /** How many series or samples a query returns now. */
  int count(String query) {
    JsonNode answer =
        json(
            prometheus.get(
                "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)));
    return answer.at("/data/result").size();
  }

  /** The only value that a query returns now. */
  double value(String query) {
    JsonNode result =
        json(prometheus.get(
                "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)))
            .at("/data/result");
    if (result.size() != 1) {
      throw new IllegalStateException(query + " returned " + result);
    }
    return Double.parseDouble(result.get(0).at("/value/1").asText());
  }

  /** The alerts in a state ({@code pending} or {@code firing}) in Prometheus. */
  Set<String> alertsIn(String state) {
    Set<String> names = new TreeSet<>();
    for (JsonNode alert : json(prometheus.get("/api/v1/alerts")).at("/data/alerts")) {
      if (alert.path("state").asText().equals(state.toLowerCase(Locale.ROOT))) {
        names.add(alert.at("/labels/alertname").asText());
      }
    }
    names.remove("ImfWatchdog");
    return names;
  }

  /** What Alertmanager holds, without the watchdog. */
  List<Alertmanager.Alert> alerts() {
    return alertmanager.alerts();
  }

  /** The alerts that nothing mutes. */
  List<String> active() {
    return alerts().stream()
        .filter(alert -> !alert.muted())
        .map(Alertmanager.Alert::name)
        .sorted()
        .toList();
  }

  @Override
  public void close() {
    prometheus.close();
    alertmanager.close();
  }

  private static void run(Object... command) throws IOException {
    Process process =
        new ProcessBuilder(List.of(command).stream().map(Object::toString).toList())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command[0] + " failed: " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
