package dev.imfexporter.fleet;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.config.Module;
import dev.imfexporter.diagnosis.FreshReading;
import dev.imfexporter.http.Unavailable;
import dev.imfexporter.testing.HostSnapshotBuilder;
import dev.imfexporter.watch.clock.TimeSource;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.ObservedHost;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FreshReadingsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T03:20:00Z");

  private final FreshReadings readings =
      new FreshReadings(TimeSource.system(), FreshReadings.DEADLINE);

  @Test
  void oneHostIsReadOnceForAllWhoAsk() throws Exception {
    Host host = new Host("mail01");
    CompletableFuture<FreshReading> first = readings.of(host.inFleet());
    CompletableFuture<FreshReading> second = readings.of(host.inFleet());

    host.answer();

    assertThat(first.get(10, SECONDS)).isSameAs(second.get(10, SECONDS));
    assertThat(host.scrapes).hasValue(1);
  }

  @Test
  void tooManyAreRefusedUntilOneHasEnded() throws Exception {
    var hosts = IntStream.range(0, FreshReadings.MOST).mapToObj(i -> new Host("h" + i)).toList();
    var answers = hosts.stream().map(host -> readings.of(host.inFleet())).toList();
    Host another = new Host("mail01");

    assertThat(readings.of(another.inFleet()))
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(Unavailable.class)
        .withMessage("20 other hosts are being read; ask again in 30 s.");
    assertThat(another.scrapes).hasValue(0);

    hosts.get(0).answer();
    answers.get(0).get(10, SECONDS);
    another.answer();
    assertThat(readings.of(another.inFleet())).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void anAnswerHasADeadlineAndTheReadingGoesOn() throws Exception {
    FreshReadings hasty = new FreshReadings(TimeSource.system(), Duration.ofMillis(1));
    Host host = new Host("mail01");

    assertThat(hasty.of(host.inFleet()))
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(Unavailable.class)
        .withMessage("mail01 was not read within 1 ms; its page has what was last read of it.");
    assertThat(hasty.of(host.inFleet())).failsWithin(Duration.ofSeconds(10));
    assertThat(host.scrapes).hasValue(1);
  }

  @Test
  void aHostThatThrowsAtOnceCanBeAskedAgain() {
    Host host = new Host("mail01");
    host.defect = new IllegalStateException("a defect");
    assertThat(readings.of(host.inFleet()))
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withStackTraceContaining("a defect");

    host.defect = null;
    host.answer();

    assertThat(readings.of(host.inFleet())).succeedsWithin(Duration.ofSeconds(10));
  }

  /** A host that answers when it is told to. */
  private static final class Host implements ObservedHost {
    final AtomicInteger scrapes = new AtomicInteger();
    volatile @Nullable RuntimeException defect;
    private final CompletableFuture<HostSnapshot> answer = new CompletableFuture<>();
    private final String name;

    Host(String name) {
      this.name = name;
    }

    void answer() {
      answer.complete(lastSnapshot());
    }

    FleetHost inFleet() {
      HostConfig config = new HostConfig(name, AccessKind.DEMO, Module.DEFAULT);
      return new FleetHost(config, Optional.empty(), this);
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public CompletableFuture<HostSnapshot> scrape(Duration deadline) {
      scrapes.incrementAndGet();
      RuntimeException thrown = defect;
      if (thrown != null) {
        throw thrown;
      }
      return answer;
    }

    @Override
    public HostSnapshot lastSnapshot() {
      return new HostSnapshotBuilder(name, NOW).build();
    }
  }
}
