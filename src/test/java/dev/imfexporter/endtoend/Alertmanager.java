package dev.imfexporter.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** An Alertmanager with the shipped example, which delivers to a {@link Pager} and soon. */
final class Alertmanager implements AutoCloseable {
  private static final Path EXAMPLE = Path.of("alerts/alertmanager.yml");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Background program;

  /** An alert that it holds, and whether another one mutes it. */
  record Alert(String name, String instance, boolean muted) {}

  private Alertmanager(Background program) {
    this.program = program;
  }

  /**
   * Starts it.
   *
   * @param change what else is changed in the example
   */
  static Alertmanager start(Path folder, Pager pager, UnaryOperator<String> change)
      throws IOException {
    int port = Background.freePort();
    Path config = folder.resolve("alertmanager.yml");
    String example =
        Files.readString(EXAMPLE)
            .replaceAll("https://([a-z]+)\\.example\\.net\\S*", pager.url() + "/$1")
            .replace("group_wait: 30s", "group_wait: 3s")
            .replace("group_interval: 1m", "group_interval: 3s");
    Files.writeString(config, change.apply(example));
    return new Alertmanager(
        Background.start(
            "alertmanager",
            folder,
            port,
            "/-/ready",
            List.of(
                "prometheus-alertmanager",
                "--config.file=" + config,
                "--storage.path=" + folder.resolve("alertmanager"),
                "--cluster.listen-address=",
                "--web.listen-address=127.0.0.1:" + port)));
  }

  int port() {
    return program.port();
  }

  /** Sends an alert as Prometheus does. */
  void receive(Map<String, String> labels) {
    try {
      program.post("/api/v2/alerts", JSON.writeValueAsString(List.of(Map.of("labels", labels))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it holds, without the watchdog. */
  List<Alert> alerts() {
    List<Alert> alerts = new ArrayList<>();
    for (JsonNode alert : json(program.get("/api/v2/alerts"))) {
      String name = alert.at("/labels/alertname").asText();
      if (!name.equals("ImfWatchdog")) {
        alerts.add(
            new Alert(
                name,
                alert.at("/labels/instance").asText(),
                alert.at("/status/state").asText().equals("suppressed")));
      }
    }
    return alerts;
  }

  @Override
  public void close() {
    program.close();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
