package dev.imfexporter.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long a scrape may take, so that its answer still reaches the scraper. */
final class ScrapeDeadline {
  /**
   * The {@code scrape_timeout} of Prometheus in seconds (<a
   * href="https://github.com/prometheus/prometheus/blob/main/scrape/scrape.go">scrape.go</a>).
   */
  static final String HEADER = "X-Prometheus-Scrape-Timeout-Seconds";

  /** Without the header: the default timeout of Prometheus is 10 s. */
  static final Duration DEFAULT = Duration.ofMillis(9_500);

  private static final double LONGEST_TIMEOUT_SECONDS = 300;
  private static final double FOR_THE_WAY_SECONDS = 0.5;

  private ScrapeDeadline() {}

  /**
   * The timeout less half a second for rendering and the network, or less its half when it is below
   * a second; at most 299.5 s; the default when the header is missing or no positive number.
   */
  static Duration of(@Nullable String header) {
    double timeout = seconds(header);
    if (!(timeout > 0) || Double.isInfinite(timeout)) {
      return DEFAULT;
    }
    double capped = Math.min(timeout, LONGEST_TIMEOUT_SECONDS);
    double deadline = Math.max(capped - FOR_THE_WAY_SECONDS, capped / 2);
    return Duration.ofNanos(Math.round(deadline * 1e9));
  }

  private static double seconds(@Nullable String header) {
    if (header == null) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(header);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
