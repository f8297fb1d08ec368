package dev.imfexporter.text;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Times and durations as a person reads them; times are UTC and say so, unless a method says.
 * {@link TimeView} has them in other zones.
 */
public final class TimeWords {
  private static final DateTimeFormatter LOCAL_DAY_AND_TIME =
      DateTimeFormatter.ofPattern("EEE uuuu-MM-dd 'at' HH:mm", Locale.ENGLISH);

  private TimeWords() {}

  /** The two greatest units: {@code 340 ms}, {@code 4.2 s}, {@code 51 s}, {@code 4 min 51 s}. */
  public static String duration(Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      return "0 s";
    }
    long millis = duration.toMillis();
    if (millis < 1) {
      return "under 1 ms";
    }
    if (millis < 1_000) {
      return millis + " ms";
    }
    if (millis < 10_000) {
      long tenths = millis % 1_000 / 100;
      return millis / 1_000 + (tenths == 0 ? " s" : "." + tenths + " s");
    }
    long seconds = duration.toSeconds();
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3_600) {
      return pair(seconds / 60, "min", seconds % 60, "s");
    }
    if (seconds < 86_400) {
      return pair(seconds / 3_600, "h", seconds % 3_600 / 60, "min");
    }
    return pair(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h");
  }

  /** How far from now, either way. */
  public static String distance(Instant at, Instant now) {
    if (Duration.between(at, now).abs().toSeconds() == 0) {
      return "just now";
    }
    return at.isAfter(now)
        ? "in " + duration(whole(Duration.between(now, at)))
        : duration(whole(Duration.between(at, now))) + " ago";
  }

  /** Since when it lasts, in whole seconds. */
  public static String lasting(Instant since, Instant now) {
    return duration(whole(Duration.between(since, now)));
  }

  public static String dateAndTime(Instant at) {
    return TimeView.utc(at).dateAndTime(at);
  }

  /** In the local time of a place: {@code Thu 2026-11-26 at 03:00}. */
  public static String localDayAndTime(OffsetDateTime at) {
    return LOCAL_DAY_AND_TIME.format(at);
  }

  /** Without the date when that is today's. */
  public static String time(Instant at, Instant now) {
    return TimeView.utc(now).time(at);
  }

  private static Duration whole(Duration duration) {
    return Duration.ofSeconds(duration.toSeconds());
  }

  private static String pair(long great, String unit, long small, String smallUnit) {
    return small == 0
        ? "%d %s".formatted(great, unit)
        : "%d %s %d %s".formatted(great, unit, small, smallUnit);
  }
}
