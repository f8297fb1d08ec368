package dev.imfexporter.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.HostClockState;
import dev.imfexporter.collector.Result;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.watch.clock.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObservationsTest {
  private static final Moment NOW = new TestTime().now();

  /** A thread that is late by a second is no clock that is behind. */
  @ParameterizedTest
  @CsvSource({"LOCAL, 0, 0", "WIN32, -1011, 15", "SMB, -1011, 15", "DEMO, -1011, 15"})
  void clockOfThisMachineIsTheExportersOwn(AccessKind access, long behind, long error) {
    Instant shown = NOW.wall().minusMillis(1011);
    HostClockState read =
        new HostClockState(shown, Duration.ofMillis(15), Duration.ofDays(1), Optional.empty());
    Timed<HostClockState> run =
        new Timed<>(CollectorKey.HOST, new Result.Ok<>(read), NOW.wall(), Duration.ZERO);

    assertThat(new Observations(Duration.ofSeconds(5), access, service -> false).of(run, NOW, NOW))
        .contains(
            new Observation.ClockRead(
                new HostClockState(
                    NOW.wall().plusMillis(behind),
                    Duration.ofMillis(error),
                    Duration.ofDays(1),
                    Optional.empty()),
                NOW));
  }
}
