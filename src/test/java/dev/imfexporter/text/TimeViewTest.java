package dev.imfexporter.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeViewTest {
  private static final Instant NOW = Instant.parse("2026-11-22T03:16:58Z");

  @ParameterizedTest
  @CsvSource({
    "UTC, 2026-11-22 03:16:58 UTC, 2026-11-21 23:16:58 UTC",
    "Z, 2026-11-22 03:16:58 UTC, 2026-11-21 23:16:58 UTC",
    "Europe/Vienna, 2026-11-22 04:16:58 CET, 00:16:58 CET",
    "Asia/Kolkata, 2026-11-22 08:46:58 IST, 04:46:58 IST",
    "-03:30, 2026-11-21 23:46:58 -03:30, 19:46:58 -03:30"
  })
  void timesNameTheirZone(String zone, String now, String fourHoursAgo) {
    TimeView view = new TimeView(NOW, ZoneId.of(zone));

    assertThat(view.dateAndTime(NOW)).isEqualTo(now);
    assertThat(view.time(NOW.minusSeconds(14_400))).isEqualTo(fourHoursAgo);
  }
}
