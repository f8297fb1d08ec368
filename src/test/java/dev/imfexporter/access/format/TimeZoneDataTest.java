package dev.imfexporter.access.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.access.AccessException.Malformed;
import dev.imfexporter.access.format.TimeZoneData.Change;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeZoneDataTest {
  private static final String NEVER = "0000".repeat(8);

  /** As exported from real hosts: the names, biases and changes of their zones. */
  @ParameterizedTest
  @CsvSource({
    // W. Europe: the last Sunday of October at 3:00, and of March at 2:00.
    "Europe/Berlin, -60, -60, 00000a00050003000000000000000000, 00000300050002000000000000000000",
    // Pacific: the first Sunday of November at 2:00, and the second of March.
    "America/Los_Angeles, 480, -60, 00000b00010002000000000000000000,"
        + " 00000300020002000000000000000000",
    // Australia: daylight saving time lasts over the turn of the year.
    "Australia/Sydney, -600, -60, 00000400010003000000000000000000,"
        + " 00000a00010002000000000000000000",
    "Asia/Tokyo, -540, -60, 00000000000000000000000000000000, 00000000000000000000000000000000",
    "Asia/Kolkata, -330, -60, 00000000000000000000000000000000, 00000000000000000000000000000000",
    "UTC, 0, 0, 00000000000000000000000000000000, 00000000000000000000000000000000"
  })
  void hasTheOffsetsOfTheSameZoneElsewhere(
      ZoneId zone, int bias, int daylight, String toStandard, String toDaylight) throws Exception {
    ZoneRules rules = rules(bias, daylight, toStandard, toDaylight).orElseThrow();

    Instant from = Instant.parse("2023-01-01T00:00:00Z");
    for (int hour = 0; hour < 4 * 366 * 24; hour++) {
      Instant at = from.plusSeconds(3600L * hour);
      assertThat(rules.getOffset(at)).as(at.toString()).isEqualTo(zone.getRules().getOffset(at));
    }
  }

  @Test
  void aChangeAMillisecondBeforeMidnightIsASecondBefore() throws Exception {
    // Saturday, week 2 of October, 23:59:59.999.
    ZoneRules rules =
        rules(240, -60, "000003000200170039003b00e7030600", "00000a00020017003b003b00e7030600")
            .orElseThrow();

    assertThat(rules.getOffset(LocalDateTime.parse("2026-10-10T23:59:58")))
        .isEqualTo(ZoneOffset.ofHours(-4));
    assertThat(rules.getOffset(LocalDateTime.parse("2026-10-11T01:00:00")))
        .isEqualTo(ZoneOffset.ofHours(-3));
  }

  @Test
  void withoutAutomaticAdjustmentStandardTimeStays() throws Exception {
    // As Windows writes it then: both changes are the same, and the daylight bias is 0.
    ZoneRules rules =
        rules(-180, 0, "00000a00050003000000000000000000", "00000a00050003000000000000000000")
            .orElseThrow();

    assertThat(rules.isFixedOffset()).isTrue();
    assertThat(rules.getOffset(Instant.EPOCH)).isEqualTo(ZoneOffset.ofHours(3));
  }

  @Test
  void changesOfOneYearAreNoRules() throws Exception {
    assertThat(
            rules(0, -60, "ea070a00050003000000000000000000", "ea070300050002000000000000000000"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0000",
        "00000d00010002000000000000000000",
        "00000a00060002000000000000000000",
        "00000a00010018000000000000000000",
        "00000a00010002000000000000000700",
        "ffffffffffffffffffffffffffffffff"
      })
  void aChangeThatCannotBeIsMalformed(String change) {
    assertThatThrownBy(() -> rules(0, -60, change, "00000300050002000000000000000000"))
        .isInstanceOf(Malformed.class);
  }

  @Test
  void anOffsetOfDaysIsMalformed() {
    assertThatThrownBy(() -> rules(100_000, 0, NEVER, NEVER)).isInstanceOf(Malformed.class);
    assertThatThrownBy(() -> rules(Integer.MIN_VALUE, 0, NEVER, NEVER))
        .isInstanceOf(Malformed.class);
  }

  private static Optional<ZoneRules> rules(
      int bias, int daylightBias, String toStandard, String toDaylight) throws Malformed {
    return TimeZoneData.rules(bias, change(0, toStandard), change(daylightBias, toDaylight));
  }

  private static Change change(int bias, String start) {
    return new Change(bias, HexFormat.of().parseHex(start));
  }
}
