package dev.imfexporter.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.imfexporter.access.Volumes.Volume;
import dev.imfexporter.collector.MailFolders.Purpose;
import dev.imfexporter.collector.MailVolumes;
import dev.imfexporter.collector.MailVolumes.Folder;
import dev.imfexporter.collector.MailVolumes.MailVolume;
import dev.imfexporter.watch.model.VolumeForecast;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A volume of the mail folders fills while the host is watched. */
class VolumeForecastTest {
  private static final long MIB = 1L << 20;

  private final WatchScenario host = WatchScenario.watched();
  private long free = 9_000 * MIB;

  @Test
  void aVolumeThatFillsHasAForecastByTheWallClock() {
    fills(120);

    Instant full = host.now().plus(780, ChronoUnit.MINUTES);
    assertThat(forecasts())
        .singleElement()
        .satisfies(
            forecast -> {
              assertThat(forecast.volume()).isEqualTo("D:");
              assertThat(forecast.full()).isCloseTo(full, within(2, ChronoUnit.MINUTES));
            });
  }

  @Test
  void theForecastEndsWhenTheVolumeIsNotReadAnyMore() {
    fills(120);
    host.pass(1_900).polls();

    assertThat(forecasts()).isEmpty();
  }

  @Test
  void itIsNotKeptAsAFact() {
    host.facts.clear();
    fills(120);

    assertThat(host.facts).noneMatch(fact -> fact.toString().contains("D:"));
  }

  private void fills(int minutes) {
    for (int minute = 0; minute < minutes; minute++) {
      host.pass(60);
      free -= 10 * MIB;
      MailVolume volume =
          new MailVolume(
              new Volume("D:", free, 40_000 * MIB), List.of(new Folder("SMTP 1", Purpose.QUEUE)));
      host.state.step(
          new Observation.VolumesRead(
              new MailVolumes(List.of(volume)), host.time.now(), host.time.now()));
    }
  }

  private List<VolumeForecast> forecasts() {
    return host.state.history(host.time.now()).volumeForecasts();
  }
}
