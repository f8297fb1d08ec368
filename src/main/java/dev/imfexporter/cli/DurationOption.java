package dev.imfexporter.cli;

import dev.imfexporter.config.DurationText;
import dev.imfexporter.config.HostConfig;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Reads the duration of a flag, which has limits. */
abstract class DurationOption implements CommandLine.ITypeConverter<Duration> {
  private final Duration least;
  private final Duration most;
  private final String want;

  private DurationOption(Duration least, Duration most, String want) {
    this.least = least;
    this.most = most;
    this.want = want;
  }

  @Override
  public Duration convert(String text) {
    return DurationText.parse(text)
        .filter(value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0)
        .orElseThrow(
            () ->
                new TypeConversionException("want a duration %s, not '%s'".formatted(want, text)));
  }

  /** Made by picocli. The same durations as the key demo_start. */
  static final class DemoStart extends DurationOption {
    DemoStart() {
      super(
          Duration.ZERO,
          HostConfig.LATEST_DEMO_START,
          "of at most a day with its unit, such as 36m");
    }
  }

  /** Made by picocli. */
  static final class ReloadInterval extends DurationOption {
    ReloadInterval() {
      super(Duration.ofSeconds(1), Duration.ofDays(1), "from 1s to 1d with its unit, such as 30s");
    }
  }
}
