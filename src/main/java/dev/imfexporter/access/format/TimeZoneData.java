package dev.imfexporter.access.format;

import dev.imfexporter.access.AccessException.Malformed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneOffsetTransitionRule;
import java.time.zone.ZoneOffsetTransitionRule.TimeDefinition;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The time zone of a host, in the values of the registry key {@code Control\TimeZoneInformation}.
 * What they mean stands in <a
 * href="https://learn.microsoft.com/windows/win32/api/timezoneapi/ns-timezoneapi-time_zone_information">
 * TIME_ZONE_INFORMATION</a>: UTC is the local time plus the bias in minutes, and a change comes in
 * week 1 to 4 of a month, or 5 for its last. But the eight numbers of the two binary values of this
 * key are in the order of the kernel's TIME_FIELDS, not of a SYSTEMTIME: year, month, week, hour,
 * minute, second, millisecond, weekday (<a
 * href="http://kb.digital-detective.co.uk/display/NetAnalysis1/SYSTEMTIME+Structure">example</a>;
 * W. Europe Standard Time has {@code 00000a0005000300...}, the last Sunday of October at 3:00).
 */
public final class TimeZoneData {
  private static final int BYTES = 16;
  private static final int LAST_WEEK = 5;
  private static final int MOST_MINUTES = 18 * 60;

  /** Any year: the rules hold for all. */
  private static final int FIRST_YEAR = 1970;

  private TimeZoneData() {}

  /**
   * The beginning of standard time or of daylight saving time.
   *
   * @param bias minutes that are added to the zone's bias from then on
   * @param start the bytes of the registry value
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Change(int bias, byte[] start) {}

  /** When a change comes. */
  private record Start(int year, int month, int week, LocalTime time, int weekday) {}

  /**
   * Decodes a time zone.
   *
   * @param bias minutes from local time to UTC, without that of the changes
   * @return empty if the changes are those of a single year, so that the next are not known
   */
  public static Optional<ZoneRules> rules(int bias, Change standard, Change daylight)
      throws Malformed {
    Start toStandard = start(standard.start());
    Start toDaylight = start(daylight.start());
    try {
      ZoneOffset winter = offset(bias + standard.bias());
      ZoneOffset summer = offset(bias + daylight.bias());
      if (toStandard.month() == 0 || toDaylight.month() == 0 || winter.equals(summer)) {
        return Optional.of(ZoneRules.of(toStandard.month() == 0 ? offset(bias) : winter));
      }
      if (toStandard.year() != 0 || toDaylight.year() != 0) {
        return Optional.empty();
      }
      return Optional.of(
          yearly(
              winter,
              rule(toStandard, winter, summer, winter),
              rule(toDaylight, winter, winter, summer)));
    } catch (DateTimeException e) {
      throw new Malformed("The time zone in the registry is not valid: " + e.getMessage());
    }
  }

  private static Start start(byte[] data) throws Malformed {
    if (data.length != BYTES) {
      throw new Malformed("A change of the time zone has " + data.length + " bytes, want " + BYTES);
    }
    ByteBuffer fields = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    try {
      // Transitions have whole seconds; some zones change a millisecond before midnight.
      LocalTime time = LocalTime.of(fields.getShort(6), fields.getShort(8), fields.getShort(10));
      return new Start(
          fields.getShort(0), fields.getShort(2), fields.getShort(4), time, fields.getShort(14));
    } catch (DateTimeException e) {
      throw new Malformed("A change of the time zone has no valid time: " + e.getMessage());
    }
  }

  /**
   * The offset from UTC.
   *
   * @param bias minutes from local time to UTC
   */
  public static ZoneOffset offset(int bias) throws Malformed {
    if (Math.abs((long) bias) > MOST_MINUTES) {
      throw new Malformed("The time zone in the registry is %d minutes off UTC".formatted(bias));
    }
    return ZoneOffset.ofTotalSeconds(-60 * bias);
  }

  private static ZoneOffsetTransitionRule rule(
      Start start, ZoneOffset standard, ZoneOffset before, ZoneOffset after) {
    if (start.week() < 1
        || start.week() > LAST_WEEK
        || start.weekday() < 0
        || start.weekday() > 6) {
      throw new DateTimeException("week " + start.week() + ", weekday " + start.weekday());
    }
    return ZoneOffsetTransitionRule.of(
        Month.of(start.month()),
        start.week() == LAST_WEEK ? -1 : 7 * (start.week() - 1) + 1,
        DayOfWeek.SUNDAY.plus(start.weekday()),
        start.time(),
        false,
        TimeDefinition.WALL,
        standard,
        before,
        after);
  }

  /** ZoneRules want the rules in the order of a year, and a first year to begin with. */
  private static ZoneRules yearly(ZoneOffset standard, ZoneOffsetTransitionRule... rules) {
    List<ZoneOffsetTransitionRule> inOrder =
        Arrays.stream(rules)
            .sorted(Comparator.comparing(rule -> rule.createTransition(FIRST_YEAR)))
            .toList();
    List<ZoneOffsetTransition> first =
        inOrder.stream().map(rule -> rule.createTransition(FIRST_YEAR)).toList();
    return ZoneRules.of(standard, first.get(0).getOffsetBefore(), List.of(), first, inOrder);
  }
}
