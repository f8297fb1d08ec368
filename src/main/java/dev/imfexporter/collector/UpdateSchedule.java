package dev.imfexporter.collector;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * When Automatic Updates installs what it has downloaded, in the host's local time.
 *
 * @param day of the week; empty for every day
 * @param hour from 0 to 23
 * @param zone the host's
 * @param active what the host itself takes for its offset from UTC at the moment
 */
public record UpdateSchedule(Optional<DayOfWeek> day, int hour, ZoneRules zone, ZoneOffset active) {
  private static final int DAYS_OF_A_WEEK = 7;

  /**
   * The next installation after a moment, in the host's local time. An hour that a change to
   * daylight saving time leaves out is an hour later, and one that comes twice is the first.
   *
   * @return empty if the host's offset is not that of its rules, so that they cannot be relied on
   */
  public Optional<OffsetDateTime> next(Instant after) {
    if (!zone.getOffset(after).equals(active)) {
      return Optional.empty();
    }
    LocalDate today = LocalDateTime.ofInstant(after, active).toLocalDate();
    return today
        .datesUntil(today.plusDays(DAYS_OF_A_WEEK + 1))
        .filter(date -> day.isEmpty() || date.getDayOfWeek() == day.get())
        .map(date -> at(date.atTime(hour, 0)))
        .filter(at -> at.toInstant().isAfter(after))
        .findFirst();
  }

  private OffsetDateTime at(LocalDateTime local) {
    Instant at = local.toInstant(zone.getOffset(local));
    return at.atOffset(zone.getOffset(at));
  }
}
