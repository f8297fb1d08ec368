package dev.imfexporter.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpdateScheduleTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "Europe/Berlin, -, 3, 2026-11-25T22:00:00Z, 2026-11-26T03:00+01:00",
        "Europe/Berlin, -, 3, 2026-11-26T01:59:59Z, 2026-11-26T03:00+01:00",
        "Europe/Berlin, -, 3, 2026-11-26T02:00:00Z, 2026-11-27T03:00+01:00",
        "Europe/Berlin, THURSDAY, 3, 2026-11-25T22:00:00Z, 2026-11-26T03:00+01:00",
        "Europe/Berlin, THURSDAY, 3, 2026-11-26T02:00:00Z, 2026-12-03T03:00+01:00",
        "Europe/Berlin, SUNDAY, 0, 2026-11-26T02:00:00Z, 2026-11-29T00:00+01:00",
        "UTC, -, 23, 2026-11-26T22:30:00Z, 2026-11-26T23:00Z",
        // The day of the week is that of the host, not of UTC.
        "America/Los_Angeles, WEDNESDAY, 22, 2026-11-26T02:00:00Z, 2026-11-25T22:00-08:00",
        "Asia/Tokyo, THURSDAY, 3, 2026-11-25T17:00:00Z, 2026-11-26T03:00+09:00",
        "Asia/Kolkata, -, 3, 2026-11-25T17:00:00Z, 2026-11-26T03:00+05:30",
        // Daylight saving time ends on 25 October 2026, at 3:00.
        "Europe/Berlin, MONDAY, 3, 2026-10-24T12:00:00Z, 2026-10-26T03:00+01:00",
        "Europe/Berlin, -, 2, 2026-10-24T12:00:00Z, 2026-10-25T02:00+02:00",
        "Europe/Berlin, -, 3, 2026-10-25T00:30:00Z, 2026-10-25T03:00+01:00",
        // It begins on 29 March 2026 at 2:00: that hour does not come.
        "Europe/Berlin, -, 2, 2026-03-28T12:00:00Z, 2026-03-29T03:00+02:00",
        "Europe/Berlin, -, 3, 2026-03-28T12:00:00Z, 2026-03-29T03:00+02:00",
        "Europe/Berlin, SATURDAY, 3, 2026-03-28T12:00:00Z, 2026-04-04T03:00+02:00",
      })
  void theNextInstallationIsInLocalTime(
      ZoneId zone, DayOfWeek day, int hour, Instant after, OffsetDateTime next) {
    UpdateSchedule schedule =
        new UpdateSchedule(
            Optional.ofNullable(day), hour, zone.getRules(), zone.getRules().getOffset(after));

    assertThat(schedule.next(after)).contains(next);
  }

  @Test
  void saysNothingIfTheHostHasAnotherOffsetThanItsRules() {
    ZoneId zone = ZoneId.of("Europe/Berlin");
    Instant summer = Instant.parse("2026-07-01T12:00:00Z");
    Instant winter = Instant.parse("2026-12-01T12:00:00Z");

    UpdateSchedule schedule =
        new UpdateSchedule(Optional.empty(), 3, zone.getRules(), zone.getRules().getOffset(winter));

    assertThat(schedule.next(summer)).isEmpty();
    assertThat(schedule.next(winter)).isPresent();
  }
}
