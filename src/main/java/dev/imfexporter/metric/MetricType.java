package dev.imfexporter.metric;

import dev.imfexporter.text.HasWord;

/** The kinds of metrics of the Prometheus exposition formats that are in use here. */
public enum MetricType implements HasWord {
  COUNTER,
  GAUGE,
  /** Without quantiles: a sum and a count. */
  SUMMARY
}
