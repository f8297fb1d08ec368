package dev.imfexporter.watch.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.watch.model.Downtime.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times are seconds. */
class DowntimeTest {
  private static final Instant ZERO = Instant.parse("2026-11-22T03:00:00Z");
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration AFTER_BOOT = Duration.ofMinutes(5);

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // spans, boots = total, exceeds the limit, the last one exceeds it, booted
        "-, -, 0, false, false, false",
        "10-20, -, 10, false, false, false",
        "0-60, -, 60, false, false, false",
        "0-61, -, 61, true, true, false",
        // What overlaps or touches counts once and in one go.
        "0-40 20-50, -, 50, false, false, false",
        "20-50 0-40, -, 50, false, false, false",
        "0-90 20-50, -, 90, true, true, false",
        "0-40 40-70, -, 70, true, true, false",
        "0-40 41-70, -, 69, false, false, false",
        "0-70 100-130, -, 100, true, false, false",
        "0-30 100-170, -, 100, true, true, false",
        // Until a boot the host itself is down; its own limit counts from the boot.
        "0-400, 20-100, 320, false, false, true",
        "0-401, 20-100, 321, true, true, true",
        "0-300, 20-100, 220, false, false, true",
        "0-400, 70-150, 320, true, false, true",
        "0-170, 61-100, 131, true, false, true",
        "0-170, 60-100, 130, false, false, true",
        // A boot before, after or at the begin changes nothing; one at the end leaves nothing.
        "100-130, 20-100, 30, false, false, false",
        "100-130, 140-150, 30, false, false, false",
        "100-130, 110-130, 10, false, false, true",
        // Of several boots in one time, the time between the first and the last does not count.
        "0-200, 20-50 80-150, 70, false, false, true",
        "0-200, 80-150 20-50, 70, false, false, true",
        // The host went down before the service did: nothing is left before the boot.
        "50-200, 20-100, 100, false, false, true"
      })
  void downtimeLeavesOutTheTimeInWhichTheHostWasDown(
      @Nullable String spans,
      @Nullable String boots,
      long total,
      boolean exceeds,
      boolean lastExceeds,
      boolean booted) {
    List<Boot> all = new ArrayList<>();
    spans(boots).forEach(span -> all.add(new Boot(span.from(), span.until(), true)));
    Downtime downtime = new Downtime(spans(spans), all);

    assertThat(downtime.total()).isEqualTo(Duration.ofSeconds(total));
    assertThat(downtime.exceeds(LIMIT, AFTER_BOOT)).isEqualTo(exceeds);
    assertThat(downtime.lastExceeds(LIMIT, AFTER_BOOT)).isEqualTo(lastExceeds);
    assertThat(downtime.booted()).isEqualTo(booted);
  }

  private static List<Span> spans(@Nullable String cell) {
    List<Span> spans = new ArrayList<>();
    if (cell != null) {
      for (String word : cell.split(" ", -1)) {
        int dash = word.indexOf('-');
        spans.add(new Span(time(word.substring(0, dash)), time(word.substring(dash + 1))));
      }
    }
    return spans;
  }

  private static Instant time(String seconds) {
    return ZERO.plusSeconds(Long.parseLong(seconds));
  }
}
