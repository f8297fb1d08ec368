package dev.imfexporter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two exporters with the same hosts, and the scrape configuration of docs/scaling.md. */
@Tag("endtoend")
class SplitHostsTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int HOSTS = 8;
  private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

  @Test
  void eachHostIsScrapedOnceAndTheHalfOfADeadExporterIsNotTheOthers() throws Exception {
    Path parent = Files.createDirectories(Path.of("target/bed/endtoend").toAbsolutePath());
    Path folder = Files.createTempDirectory(parent, "split");
    StringBuilder config = new StringBuilder("hosts:\n");
    for (int i = 1; i <= HOSTS; i++) {
      config.append("  mail%02d.example.net: { access: demo }%n".formatted(i));
    }
    Path file = Files.writeString(folder.resolve("imf-exporter.yml"), config);
    try (Background first = exporter("imf1", folder, file);
        Background second = exporter("imf2", folder, file);
        Pager pager = Pager.start();
        Monitoring monitoring =
            Monitoring.start(
                folder,
                scrapeConfigs()
                    .replace("imf1.example.net:10747", "127.0.0.1:" + first.port())
                    .replace("imf2.example.net:10747", "127.0.0.1:" + second.port()),
                pager)) {
      await("each host, once").atMost(SOON).until(() -> monitoring.count("imf_up == 1") == HOSTS);
      assertThat(monitoring.count("up{job=\"imf-hosts\"}")).isEqualTo(HOSTS);
      int half = monitoring.count(hostsOf(second) + " == 1");
      assertThat(half).as("hosts of the second exporter").isBetween(1, HOSTS - 1);
      assertThat(monitoring.count(hostsOf(first) + " == 1")).isEqualTo(HOSTS - half);
      assertThat(first.get("/sd")).as("both have all hosts").isEqualTo(second.get("/sd"));

      second.kill();
      await("its half is down")
          .atMost(SOON)
          .until(() -> monitoring.count(hostsOf(second) + " == 0") == half);
      assertThat(monitoring.count(hostsOf(first) + " == 1")).isEqualTo(HOSTS - half);
    }
  }

  private static String hostsOf(Background exporter) {
    return "up{job=\"imf-hosts\",exporter=\"127.0.0.1:%d\"}".formatted(exporter.port());
  }

  private static String scrapeConfigs() throws IOException {
    Matcher yaml = YAML.matcher(Files.readString(Path.of("docs/scaling.md")));
    assertThat(yaml.find()).isTrue();
    return yaml.group(1);
  }

  private static Background exporter(String name, Path folder, Path config) {
    int port = Background.freePort();
    return Background.start(
        name,
        folder,
        port,
        "/-/ready",
        LocalExporter.command(
            port,
            List.of("-Xmx48m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            "--config.file=" + config,
            "--storage.path=" + folder.resolve(name)));
  }
}
