package dev.imfexporter.metric;

import static dev.imfexporter.metric.HostMetrics.EXPORTER;

import dev.imfexporter.metric.MetricSpec.Label;
import dev.imfexporter.trouble.Trouble;

/** Causes by name. */
public final class TroubleMetrics {
  static final MetricGroup GROUP = new MetricGroup("Known troubles");

  public static final MetricSpec KNOWN_TROUBLE =
      GROUP.gauge(
          "imf_known_trouble",
          "1 if what is known of the host has the signature of this trouble (docs/troubles.md), which"
              + " makes it likely and not certain; 0 if not; absent if its evidence could not be"
              + " read.",
          EXPORTER,
          Label.of("trouble", Trouble.class));

  private TroubleMetrics() {}
}
