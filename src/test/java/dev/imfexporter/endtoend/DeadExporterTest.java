package dev.imfexporter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An exporter of many hosts that dies: one message, by README's scrape configuration. */
@Tag("endtoend")
class DeadExporterTest {
  private static final int HOSTS = 12;
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration PAGED = Duration.ofSeconds(90);
  private static final String UNREACHABLE = "ImfExporterUnreachable";

  private final List<AutoCloseable> running = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (int i = running.size() - 1; i >= 0; i--) {
      running.get(i).close();
    }
  }

  @Test
  void oneMessageAboutAllHostsWhenItDiesAndOneWhenItIsBack() throws Exception {
    Path parent = Files.createDirectories(Path.of("target/bed/endtoend").toAbsolutePath());
    Path folder = Files.createTempDirectory(parent, "dead");
    int port = Background.freePort();
    Background exporter = exporter(folder, port);
    Pager pager = Pager.start();
    running.add(pager);
    Monitoring monitoring =
        Monitoring.start(
            folder,
            Readme.manyHosts().get(1).replace("localhost:10747", "127.0.0.1:" + port),
            pager);
    running.add(monitoring);
    await("the rules have seen the hosts and the exporter")
        .atMost(SOON)
        .until(() -> monitoring.count("instance:imf_exporter_seen:bool") == HOSTS + 1);

    exporter.kill();

    await("an alert about each host and the exporter")
        .atMost(PAGED)
        .until(() -> unreachable(monitoring) == HOSTS + 1);
    await("a page about all of them")
        .atMost(PAGED)
        .until(() -> alertsOfLastPage(pager) == HOSTS + 1);
    assertThat(pager.pages("firing"))
        .extracting(Pager.Notification::groupKey)
        .as("a pager calls once for each group")
        .containsOnly(
            "{}/{alertname=\"ImfExporterUnreachable\",exporter!=\"\"}:"
                + "{alertname=\"ImfExporterUnreachable\", exporter=\"127.0.0.1:%d\"}"
                    .formatted(port));

    exporter(folder, port);
    await("the page is resolved").atMost(PAGED).until(() -> !pager.pages("resolved").isEmpty());
    assertThat(pager.pages("resolved")).hasSize(1);
  }

  private static long unreachable(Monitoring monitoring) {
    return monitoring.alerts().stream().filter(alert -> alert.name().equals(UNREACHABLE)).count();
  }

  private static int alertsOfLastPage(Pager pager) {
    List<Pager.Notification> pages = pager.pages("firing");
    return pages.isEmpty() ? 0 : pages.get(pages.size() - 1).alerts().size();
  }

  private Background exporter(Path folder, int port) throws IOException {
    StringBuilder config = new StringBuilder("hosts:\n");
    for (int i = 1; i <= HOSTS; i++) {
      config.append("  relay%02d.example.net: { access: demo }%n".formatted(i));
    }
    Path file = Files.writeString(folder.resolve("imf-exporter.yml"), config);
    Background exporter =
        Background.start(
            "exporter",
            folder,
            port,
            "/-/ready",
            LocalExporter.command(
                port,
                List.of("-Xmx96m"),
                "--config.file=" + file,
                "--storage.path=" + folder.resolve("history")));
    running.add(exporter);
    return exporter;
  }
}
