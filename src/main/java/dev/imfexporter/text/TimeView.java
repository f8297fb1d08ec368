package dev.imfexporter.text;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * When a reader looks, and in which time zone: the same times in words for all that one reader sees
 * together. Each time names its zone.
 */
public record TimeView(Instant now, ZoneId zone) {
  private static final DateTimeFormatter DATE_AND_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss zzz", Locale.ENGLISH);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss zzz", Locale.ENGLISH);

  /** An offset of zero is called UTC, not Z. */
  public TimeView {
    if (zone.equals(ZoneOffset.UTC)) {
      zone = ZoneId.of("UTC");
    }
  }

  public static TimeView utc(Instant now) {
    return new TimeView(now, ZoneOffset.UTC);
  }

  public String dateAndTime(Instant at) {
    return DATE_AND_TIME.format(at.atZone(zone));
  }

  /** Without the date when that is today's. */
  public String time(Instant at) {
    return time(at, now);
  }

  /** Without the date when it is the same as that of the other time. */
  public String time(Instant at, Instant other) {
    return day(at).equals(day(other)) ? TIME.format(at.atZone(zone)) : dateAndTime(at);
  }

  /** {@code 2026-11-27 03:12:01 UTC (4 min ago)}. */
  public String moment(Instant at) {
    return "%s (%s)".formatted(dateAndTime(at), TimeWords.distance(at, now));
  }

  private LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, zone);
  }
}
