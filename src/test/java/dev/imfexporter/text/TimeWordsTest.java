package dev.imfexporter.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeWordsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:10Z");

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "PT-3S, 0 s",
    "PT0S, 0 s",
    "PT0.0009S, under 1 ms",
    "PT0.001S, 1 ms",
    "PT0.9999S, 999 ms",
    "PT1S, 1 s",
    "PT4.25S, 4.2 s",
    "PT9.999S, 9.9 s",
    "PT10.9S, 10 s",
    "PT59.999S, 59 s",
    "PT1M, 1 min",
    "PT4M51S, 4 min 51 s",
    "PT59M59S, 59 min 59 s",
    "PT1H, 1 h",
    "PT2H5M59S, 2 h 5 min",
    "PT24H, 1 d",
    "PT100H, 4 d 4 h",
    "P400D, 400 d",
  })
  void durationHasItsTwoGreatestUnits(Duration duration, String words) {
    assertThat(TimeWords.duration(duration)).isEqualTo(words);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "2026-03-01T00:00:10.900Z, just now",
    "2026-03-01T00:00:09.100Z, just now",
    "2026-03-01T00:00:08Z, 2 s ago",
    "2026-02-28T23:00:10Z, 1 h ago",
    "2026-03-01T00:01:15Z, in 1 min 5 s",
  })
  void distanceGoesEitherWay(Instant at, String words) {
    assertThat(TimeWords.distance(at, NOW)).isEqualTo(words);
  }

  @Test
  void theDateIsSaidUnlessItIsTodays() {
    assertThat(TimeWords.time(Instant.parse("2026-03-01T00:00:03Z"), NOW))
        .isEqualTo("00:00:03 UTC");
    assertThat(TimeWords.time(Instant.parse("2026-02-28T23:59:59Z"), NOW))
        .isEqualTo("2026-02-28 23:59:59 UTC");
    assertThat(TimeWords.dateAndTime(NOW)).isEqualTo("2026-03-01 00:00:10 UTC");
  }
}
