package dev.imfexporter.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.Golden;
import dev.imfexporter.metric.Catalogue;
import dev.imfexporter.metric.MetricSpec;
import dev.imfexporter.metric.SmtpMetric;
import dev.imfexporter.reading.SmtpCounter;
import dev.imfexporter.watch.HostSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExpositionTest {
  private static final String OPEN_METRICS =
      "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3";

  private final SelfMetrics self = SelfMetrics.start("0.0.0");
  private final Exposition exposition = new Exposition(self);

  @AfterEach
  void close() {
    self.close();
  }

  enum World {
    MID_STORY,
    HEALTHY,
    UNREADABLE;

    HostSnapshot snapshot() {
      return switch (this) {
        case MID_STORY -> Worlds.midStory();
        case HEALTHY -> Worlds.healthy();
        case UNREADABLE -> Worlds.unreadable();
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void hostIsExposedAsTheGoldenFileSays(World world) throws IOException {
    String ofTheHost =
        text(exposition.render(null, world.snapshot()))
            .lines()
            .filter(line -> line.matches("(# (HELP|TYPE) )?imf_(?!exporter).*"))
            .map(line -> line + "\n")
            .collect(Collectors.joining());

    Golden.assertMatches(
        Path.of(
            "src/test/resources/dev/imfexporter/exposition",
            world.name().toLowerCase(Locale.ROOT) + ".txt"),
        ofTheHost);
  }

  @Test
  void openMetricsIsGivenToWhoAcceptsItAndEndsOnce() {
    Rendered rendered = exposition.render(OPEN_METRICS, Worlds.healthy());

    assertThat(rendered.contentType()).startsWith("application/openmetrics-text; version=1.0.0");
    assertThat(text(rendered)).endsWith("# EOF\n").containsOnlyOnce("# EOF");
    assertThat(text(rendered)).contains("# TYPE imf_smtp_messages_sent counter\n");
    assertThat(exposition.render("text/plain", Worlds.healthy()).contentType())
        .startsWith("text/plain; version=0.0.4");
  }

  @Test
  void programTellsOfItselfAfreshWithEveryScrape() {
    self.hosts(1, () -> 0);
    String before = text(exposition.render(null, Worlds.healthy()));
    self.request("/metrics", "GET", 200, Duration.ofMillis(2));
    String after = text(exposition.render(null, Worlds.healthy()));

    assertThat(before)
        .contains("imf_exporter_build_info{")
        .contains("imf_exporter_hosts 1.0")
        .contains("jvm_memory_used_bytes{")
        .contains("process_cpu_usage ")
        .doesNotContain("imf_exporter_http_request_seconds_count");
    assertThat(after).contains("imf_exporter_http_request_seconds_count{");
  }

  @Test
  void everyMetricOfTheCatalogueIsExposedBySomeWorldAndNoOther() {
    List<String> exposed =
        Arrays.stream(World.values())
            .flatMap(world -> HostFamilies.of(world.snapshot()).stream())
            .flatMap(family -> Arrays.stream(family.getNames()))
            .distinct()
            .toList();

    for (MetricSpec spec : Catalogue.all()) {
      assertThat(exposed).contains(spec.name());
    }
  }

  @Test
  void everyCounterOfTheSmtpServerHasItsMetric() {
    assertThat(Catalogue.SMTP.stream().map(SmtpMetric::counter))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(SmtpCounter.values()).map(SmtpCounter::windowsName).toList());
  }

  private static String text(Rendered rendered) {
    return new String(rendered.body(), StandardCharsets.UTF_8);
  }
}
