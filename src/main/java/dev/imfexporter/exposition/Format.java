package dev.imfexporter.exposition;

import io.prometheus.client.exporter.common.TextFormat;

/** How metrics are written. */
public enum Format {
  /** Prometheus' text format 0.0.4, which every scraper reads. */
  TEXT(TextFormat.CONTENT_TYPE_004),
  /** OpenMetrics 1.0.0. */
  OPEN_METRICS(TextFormat.CONTENT_TYPE_OPENMETRICS_100);

  private final String contentType;

  Format(String contentType) {
    this.contentType = contentType;
  }

  /** With version and character set. */
  String contentType() {
    return contentType;
  }
}
