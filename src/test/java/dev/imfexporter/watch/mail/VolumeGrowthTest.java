package dev.imfexporter.watch.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.imfexporter.access.Volumes.Volume;
import dev.imfexporter.collector.MailFolders.Purpose;
import dev.imfexporter.collector.MailVolumes;
import dev.imfexporter.collector.MailVolumes.Folder;
import dev.imfexporter.collector.MailVolumes.MailVolume;
import dev.imfexporter.watch.model.VolumeForecast;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is free is given by the minute. */
class VolumeGrowthTest {
  private static final long MIB = 1L << 20;
  private static final long SIZE = 40_000 * MIB;
  private static final Instant BEGAN = Instant.parse("2026-11-27T03:12:00Z");

  private final VolumeGrowth growth = new VolumeGrowth();
  private Instant now = BEGAN;
  private int minute;

  @Test
  void steadyGrowthIsForecastOnceFourHalfHoursShowIt() {
    reads(60, m -> 12_000 * MIB - m * 10L * MIB);
    assertThat(forecast()).isEmpty();
    reads(60, m -> 12_000 * MIB - m * 10L * MIB);

    VolumeForecast found = forecast().orElseThrow();
    assertThat(found.full())
        .isCloseTo(BEGAN.plus(1_200, ChronoUnit.MINUTES), within(1, ChronoUnit.MINUTES));
    assertThat(found.bytesPerHour()).isEqualTo(600 * MIB);
    assertThat(found.measured()).isBetween(Duration.ofMinutes(90), Duration.ofMinutes(120));
    assertThat(found.volume()).isEqualTo("C:");
  }

  @Test
  void theForecastHoldsWhileTheGrowthGoesOn() {
    reads(115, m -> 12_000 * MIB - m * 10L * MIB);
    for (int i = 0; i < 600; i++) {
      reads(1, m -> 12_000 * MIB - m * 10L * MIB);
      assertThat(forecast().orElseThrow().full())
          .isCloseTo(BEGAN.plus(1_200, ChronoUnit.MINUTES), within(1, ChronoUnit.MINUTES));
    }
  }

  /** A queue that fills and is delivered, and a nightly copy. */
  @ParameterizedTest
  @ValueSource(ints = {2, 7, 15, 29, 30, 31, 45, 60, 80, 90})
  void aSawtoothIsNoGrowth(int period) {
    for (int i = 0; i < 1_500; i++) {
      reads(1, m -> 9_000 * MIB - m % period * 50L * MIB);
      assertThat(forecast()).as("minute %d", i).isEmpty();
    }
  }

  @Test
  void growthBelowASawtoothIsSeen() {
    reads(150, m -> 12_000 * MIB - m * 10L * MIB - m % 15 * 50L * MIB);

    assertThat(forecast().orElseThrow().full())
        .isBetween(BEGAN.plus(18, ChronoUnit.HOURS), BEGAN.plus(23, ChronoUnit.HOURS));
  }

  @Test
  void aFileThatIsCopiedOnceIsNoGrowth() {
    for (int i = 0; i < 500; i++) {
      reads(1, m -> 20_000 * MIB - (m < 200 ? 0 : 15_000 * MIB));
      assertThat(forecast()).as("minute %d", i).isEmpty();
    }
  }

  @Test
  void aGrowthThatHasEndedIsNoneWithinTheHour() {
    reads(120, m -> 12_000 * MIB - m * 10L * MIB);
    assertThat(forecast()).isPresent();
    reads(60, m -> 10_800 * MIB);

    assertThat(forecast()).isEmpty();
  }

  @Test
  void roomThatIsMadeEndsTheForecastAtOnce() {
    reads(120, m -> 12_000 * MIB - m * 10L * MIB);
    reads(1, m -> 20_000 * MIB);

    assertThat(forecast()).isEmpty();
  }

  /** Log files are written and cut all the time. */
  @Test
  void noiseIsNoGrowth() {
    Random random = new Random(16);
    for (int i = 0; i < 10_000; i++) {
      reads(1, m -> 3_000 * MIB - random.nextInt(100) * MIB / 10);
      assertThat(forecast()).as("minute %d", i).isEmpty();
    }
  }

  @Test
  void aMonthAheadIsNoForecast() {
    reads(120, m -> 39_000 * MIB - m * MIB / 2);

    assertThat(forecast()).isEmpty();
  }

  @Test
  void afterAGapItBeginsAnew() {
    reads(110, m -> 12_000 * MIB - m * 10L * MIB);
    now = now.plus(Duration.ofHours(1));
    reads(30, m -> 12_000 * MIB - m * 10L * MIB);

    assertThat(forecast()).isEmpty();
  }

  @Test
  void aVolumeThatIsNotReadForHalfAnHourHasNoForecast() {
    reads(120, m -> 12_000 * MIB - m * 10L * MIB);
    now = now.plus(Duration.ofMinutes(31));

    assertThat(forecast()).isEmpty();
  }

  @Test
  void aVolumeThatHoldsNoFolderAnyMoreIsForgotten() {
    reads(120, m -> 12_000 * MIB - m * 10L * MIB);
    growth.read(volume("D:", 5), now);

    assertThat(forecast()).isEmpty();
  }

  @Test
  void aFullVolumeIsFullNow() {
    reads(120, m -> Math.max(0, 1_150 * MIB - m * 10L * MIB));

    assertThat(forecast().orElseThrow().full()).isEqualTo(now);
  }

  private void reads(int minutes, IntToLongFunction free) {
    for (int i = 0; i < minutes; i++) {
      now = now.plusSeconds(60);
      growth.read(volume("C:", free.applyAsLong(minute++)), now);
    }
  }

  private static MailVolumes volume(String name, long free) {
    return new MailVolumes(
        List.of(
            new MailVolume(
                new Volume(name, free, SIZE), List.of(new Folder("SMTP 1", Purpose.QUEUE)))));
  }

  private Optional<VolumeForecast> forecast() {
    return growth.forecasts(now).stream().findFirst();
  }
}
