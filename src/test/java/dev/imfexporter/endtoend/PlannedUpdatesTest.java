package dev.imfexporter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The window of the example for Alertmanager in which updates are planned. */
@Tag("endtoend")
class PlannedUpdatesTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Pattern WINDOW =
      Pattern.compile("- weekdays:.*\\n +days_of_month:.*\\n +times:.*");

  @TempDir private Path folder;

  @Test
  void insideTheWindowOnlyPagesAreSent() throws Exception {
    try (Pager pager = Pager.start();
        Alertmanager alertmanager =
            start(pager, "- times: [{ start_time: '00:00', end_time: '24:00' }]")) {
      send(alertmanager);
      await("the page").atMost(SOON).until(() -> !pager.pages("firing").isEmpty());
      assertThat(alertmanager.alerts()).hasSize(3);
      assertThat(pager.to("chat")).isEmpty();
    }
  }

  @Test
  void outsideOfTheWindowAllAreSent() throws Exception {
    try (Pager pager = Pager.start();
        Alertmanager alertmanager = start(pager, "- years: ['1999']")) {
      send(alertmanager);
      await("the page").atMost(SOON).until(() -> !pager.pages("firing").isEmpty());
      await("the others").atMost(SOON).until(() -> pager.to("chat").size() == 2);
    }
  }

  /** The page last: when it has been sent, the others would have been too. */
  private static void send(Alertmanager alertmanager) {
    alert(alertmanager, "ImfServiceRestartSlow", "info", "news", "relay7");
    alert(alertmanager, "ImfServiceCrashed", "warning", "news", "relay8");
    alert(alertmanager, "ImfMailFlowHaltedAfterUpdate", "critical", "3", "mail01");
  }

  private static void alert(
      Alertmanager alertmanager, String name, String severity, String rank, String instance) {
    alertmanager.receive(
        Map.of(
            "alertname", name, "severity", severity, "incident_rank", rank, "instance", instance));
  }

  private Alertmanager start(Pager pager, String window) throws Exception {
    return Alertmanager.start(
        folder,
        pager,
        example -> {
          assertThat(WINDOW.matcher(example).results()).hasSize(1);
          return WINDOW.matcher(example).replaceFirst(window);
        });
  }
}
