package dev.imfexporter.watch.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.UpdateSchedule;
import dev.imfexporter.testing.HostSnapshotBuilder;
import dev.imfexporter.testing.OutageBuilder;
import dev.imfexporter.testing.ServiceBuilder;
import dev.imfexporter.text.TimeView;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestartForecastTest {
  private static final Instant NOW = Instant.parse("2026-11-25T21:30:00Z");
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  private final HostSnapshotBuilder host = new HostSnapshotBuilder("relay7", NOW);

  @Test
  void saysWhenWhyAndForHowLong() {
    scheduled();
    pending("One", "Two", "Three", "Four");
    restarts(38, 38, 37, 40, 291, 36, 38, 39, 38, 20, 41, 38);

    assertThat(sentence())
        .contains(
            "Mail on relay7 may restart on Thu 2026-11-26 at 03:00 (2026-11-26 02:00:00 UTC, in"
                + " 4 h 30 min): 4 updates are scheduled; the last 12 restarts took 38 s in the"
                + " median, 4 min 51 s at most; a reboot takes longer.");
  }

  @Test
  void fewRestartsAreNoMeasure() {
    scheduled();
    pending("One");
    restarts(38, 38);

    assertThat(sentence()).get().asString().endsWith("4 h 30 min): 1 update is scheduled.");
  }

  @Test
  void isAbsentWithoutAScheduleOrWithoutAnUpdate() {
    pending("One");
    assertThat(sentence()).isEmpty();

    HostSnapshotBuilder other = new HostSnapshotBuilder("relay7", NOW);
    other.ok(CollectorKey.UPDATE_SCHEDULE, daily());
    assertThat(RestartForecast.of(other.build(), NOW)).isEmpty();
  }

  private void scheduled() {
    host.ok(CollectorKey.UPDATE_SCHEDULE, daily());
  }

  private static UpdateSchedule daily() {
    return new UpdateSchedule(Optional.empty(), 3, ZONE.getRules(), ZONE.getRules().getOffset(NOW));
  }

  private void pending(String... titles) {
    for (String title : titles) {
      host.pending(new PendingUpdate("", title, NOW.minus(Duration.ofHours(9))));
    }
  }

  private void restarts(int... seconds) {
    Instant began = NOW.minus(Duration.ofDays(400));
    List<Outage> restarts = new ArrayList<>();
    for (int took : seconds) {
      began = began.plus(Duration.ofDays(14));
      restarts.add(restart(began, took));
    }
    host.services(
        ServiceBuilder.running("IISADMIN"), ServiceBuilder.running("SMTPSVC").typical(restarts));
  }

  private static Outage restart(Instant began, int seconds) {
    return OutageBuilder.outage("SMTPSVC", began)
        .ended(began.plusSeconds(seconds), StartedBy.UNATTRIBUTED)
        .build();
  }

  private Optional<String> sentence() {
    return RestartForecast.of(host.build(), NOW).map(f -> f.sentence("relay7", TimeView.utc(NOW)));
  }
}
