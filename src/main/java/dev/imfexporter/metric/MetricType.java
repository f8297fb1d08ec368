package dev.imfexporter.metric;

import java.util.Locale;

/** The kinds of metrics of the Prometheus exposition formats that are in use here. */
public enum MetricType {
  COUNTER,
  GAUGE,
  /** Without quantiles: a sum and a count. */
  SUMMARY;

  /** The word of a TYPE line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
