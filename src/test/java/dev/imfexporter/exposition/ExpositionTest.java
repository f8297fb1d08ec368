package dev.imfexporter.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.Golden;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Result;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.metric.Catalogue;
import dev.imfexporter.overview.Rollouts;
import dev.imfexporter.page.FleetSnapshots;
import dev.imfexporter.page.Snapshots;
import dev.imfexporter.watch.model.HostSnapshot;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExpositionTest {
  private final SelfMetrics self = SelfMetrics.start(Build.of("0.0.0"));
  private final AtomicLong now = new AtomicLong();
  private final Exposition exposition = new Exposition(self, now::get);

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
        text(exposition.page(Format.TEXT, Optional.of(world.snapshot())))
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
  void openMetricsIsSentIfAcceptedAndEndsOnce() {
    Rendered rendered = exposition.page(Format.OPEN_METRICS, Optional.of(Worlds.healthy()));

    assertThat(rendered.contentType()).startsWith("application/openmetrics-text; version=1.0.0");
    assertThat(text(rendered)).endsWith("# EOF\n").containsOnlyOnce("# EOF");
    assertThat(text(rendered)).contains("# TYPE imf_smtp_messages_sent counter\n");
    assertThat(exposition.page(Format.TEXT, Optional.of(Worlds.healthy())).contentType())
        .startsWith("text/plain; version=0.0.4");
  }

  @Test
  void aPageIsSharedForATenthOfASecondInItsFormat() {
    assertThat(exposition.shared(Format.TEXT)).isEmpty();
    Rendered page = exposition.page(Format.TEXT, Optional.of(Worlds.healthy()));

    assertThat(exposition.shared(Format.TEXT)).containsSame(page);
    assertThat(exposition.shared(Format.OPEN_METRICS)).isEmpty();
    now.addAndGet(Exposition.OWN_SHARED.toNanos());
    assertThat(exposition.shared(Format.TEXT)).isEmpty();
    Rendered alone = exposition.page(Format.TEXT, Optional.empty());
    assertThat(exposition.shared(Format.TEXT)).containsSame(alone);
  }

  @Test
  void theProgramsOwnMetricsAreMadeAnewAfterATenthOfASecond() {
    self.hosts(() -> 1, () -> 0);
    String before = text(exposition.page(Format.TEXT, Optional.of(Worlds.healthy())));
    self.request("/metrics", "GET", 200, Duration.ofMillis(2));
    now.addAndGet(Exposition.OWN_SHARED.toNanos());
    String after = text(exposition.page(Format.TEXT, Optional.of(Worlds.healthy())));

    assertThat(before)
        .contains("imf_exporter_build_info{")
        .contains("imf_exporter_hosts 1.0")
        .contains("jvm_memory_used_bytes{")
        .contains("process_cpu_usage ")
        .contains("process_cpu_seconds_total ")
        .containsOnlyOnce("\nprocess_start_time_seconds ")
        .doesNotContain("imf_exporter_http_request_seconds_count");
    assertThat(after).contains("imf_exporter_http_request_seconds_count{");
  }

  @Test
  void scrapesOfAMomentAreAnsweredWithTheSameBytes() throws Exception {
    AtomicInteger gathered = new AtomicInteger();
    self.hosts(gathered::incrementAndGet, () -> 0);
    int many = 8;
    ExecutorService clients = Executors.newFixedThreadPool(many);
    try {
      CyclicBarrier together = new CyclicBarrier(many);
      Callable<byte[]> scrape =
          () -> {
            together.await();
            return exposition.page(Format.OPEN_METRICS, Optional.of(Worlds.healthy())).gzip();
          };
      Set<ByteBuffer> pages = new HashSet<>();
      for (Future<byte[]> page : clients.invokeAll(Collections.nCopies(many, scrape))) {
        pages.add(ByteBuffer.wrap(page.get()));
      }
      assertThat(pages).hasSize(1);
      assertThat(gathered).hasValue(1);
    } finally {
      clients.shutdownNow();
    }
    byte[] page = exposition.page(Format.OPEN_METRICS, Optional.of(Worlds.healthy())).gzip();
    assertThat(exposition.page(Format.OPEN_METRICS, Optional.of(Worlds.healthy())).gzip())
        .isSameAs(page);
    String other = text(exposition.page(Format.OPEN_METRICS, Optional.of(Worlds.midStory())));
    assertThat(other)
        .isNotEqualTo(text(exposition.page(Format.OPEN_METRICS, Optional.of(Worlds.healthy()))));
    assertThat(gathered).as("the program's part is shared by both").hasValue(1);
  }

  @ParameterizedTest
  @EnumSource
  void aProbedHostIsAloneOnItsPage(Format format) {
    String probed = text(exposition.host(format, Worlds.midStory()));
    assertThat(probed).contains("imf_up 1").doesNotContain("imf_exporter", "jvm_");
    assertThat(probed.endsWith("# EOF\n")).isEqualTo(format == Format.OPEN_METRICS);
    assertThat(text(exposition.page(format, Optional.of(Worlds.midStory()))))
        .startsWith(probed.replace("# EOF\n", ""));
  }

  @ParameterizedTest
  @EnumSource
  void aPageIsOneMemberOfGzip(Format format) throws Exception {
    exposition.page(format, Optional.of(Worlds.healthy())).gzip();
    self.request("/metrics", "GET", 200, Duration.ofMillis(2));
    now.addAndGet(Exposition.OWN_SHARED.toNanos());
    Rendered page = exposition.page(format, Optional.of(Worlds.healthy()));
    byte[] gzip = page.gzip();

    assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes())
        .isEqualTo(page.body());
    Inflater member = new Inflater(true);
    member.setInput(gzip, 10, gzip.length - 10);
    assertThat(member.inflate(new byte[page.body().length])).isEqualTo(page.body().length);
    assertThat(member.inflate(new byte[1])).isZero();
    assertThat(member.finished()).isTrue();
    assertThat(member.getRemaining()).as("the trailer: checksum and length").isEqualTo(8);
    member.end();
  }

  @Test
  void withoutAHostThePageHasTheProgramsOwnMetricsAlone() {
    assertThat(text(exposition.page(Format.TEXT, Optional.empty())))
        .contains("imf_exporter_build_info{")
        .doesNotContain("imf_up");
  }

  @Test
  void blockedAccountsAreExposedByName() {
    self.auths(() -> Map.of("mailadmin", true, "relays", false));
    self.configuration(() -> false, () -> Instant.ofEpochSecond(1_800_000_000L));
    assertThat(text(exposition.page(Format.TEXT, Optional.empty())))
        .contains("imf_auth_blocked{auth=\"mailadmin\",} 1.0")
        .contains("imf_auth_blocked{auth=\"relays\",} 0.0")
        .contains("imf_exporter_config_last_reload_successful 0.0")
        .contains("imf_exporter_config_last_reload_success_timestamp_seconds 1.8E9");
  }

  @Test
  void everyMetricOfTheCatalogueIsExposedBySomeWorldAndNoOther() {
    self.hosts(() -> 1, () -> 0);
    self.rollouts(
        () -> Rollouts.of(List.of(FleetSnapshots.halted("mail01", "KB5031362")), Snapshots.NOW));
    self.journal(() -> true);
    self.configuration(() -> true, () -> Worlds.NOW);
    self.auths(() -> Map.of("mailadmin", false));
    self.webSecurity(() -> true, () -> Optional.of(Worlds.NOW));
    self.request("/metrics", "GET", 200, Duration.ofMillis(2));
    self.reading(
        new Timed<>(
            CollectorKey.SMTP,
            new Result.Unsupported<>("why"),
            Instant.EPOCH,
            Duration.ofMillis(2)));
    Stream<MetricFamilySamples> ofHosts =
        Arrays.stream(World.values()).flatMap(world -> HostFamilies.of(world.snapshot()).stream());
    Stream<MetricFamilySamples> own =
        Collections.list(self.families()).stream()
            .filter(family -> family.name.startsWith("imf_"))
            // Micrometer adds the longest duration of the last minutes to each of its timers.
            .filter(family -> !family.name.endsWith("_seconds_max"));

    assertThat(Stream.concat(ofHosts, own).map(family -> family.name).distinct())
        .containsExactlyInAnyOrderElementsOf(
            Catalogue.groups().stream()
                .flatMap(group -> group.specs().stream())
                .map(spec -> spec.name().replaceFirst("_total$", ""))
                .toList());
  }

  private static String text(Rendered rendered) {
    return new String(rendered.body(), StandardCharsets.UTF_8);
  }
}
