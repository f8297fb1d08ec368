package dev.imfexporter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScrapeDeadlineTest {

  @ParameterizedTest(name = "[{0}] -> {1} ms")
  @CsvSource(
      nullValues = "absent",
      value = {
        // What Prometheus sends.
        "10, 9500",
        "15.000000, 14500",
        "60, 59500",
        "1, 500",
        // Too short for half a second on the way.
        "0.5, 250",
        "0.001, 0.5",
        // No number of seconds.
        "absent, 9500",
        "'', 9500",
        "ten, 9500",
        "10s, 9500",
        "'10, 10', 9500",
        "0, 9500",
        "-0, 9500",
        "-5, 9500",
        "NaN, 9500",
        "Infinity, 9500",
        "-Infinity, 9500",
        "1e400, 9500",
        // More than anyone waits for.
        "300, 299500",
        "301, 299500",
        "1e300, 299500",
        "99999999999999999999999999999999, 299500",
      })
  void leavesTimeForTheWayBack(@Nullable String header, double millis) {
    assertThat(ScrapeDeadline.of(header)).isEqualTo(Duration.ofNanos(Math.round(millis * 1e6)));
  }
}
