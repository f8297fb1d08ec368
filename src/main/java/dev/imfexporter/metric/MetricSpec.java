package dev.imfexporter.metric;

import java.util.List;

/**
 * What is promised of one metric.
 *
 * @param name as Prometheus stores it; that of a summary is without {@code _sum} and {@code _count}
 * @param help one sentence that names the unit and what absence means where it matters
 * @param origin where on Windows the value comes from
 */
public record MetricSpec(
    String name, MetricType type, String help, List<Label> labels, String origin) {
  public MetricSpec {
    labels = List.copyOf(labels);
    if (type == MetricType.COUNTER != name.endsWith("_total")) {
      throw new IllegalArgumentException(name + ": _total belongs to counters, and only to them");
    }
  }

  static MetricSpec gauge(String name, String help, String origin, Label... labels) {
    return new MetricSpec(name, MetricType.GAUGE, help, List.of(labels), origin);
  }

  static MetricSpec counter(String name, String help, String origin, Label... labels) {
    return new MetricSpec(name, MetricType.COUNTER, help, List.of(labels), origin);
  }

  /**
   * A label of a metric.
   *
   * @param values all that there can be, in their order; empty when they come from the host
   */
  public record Label(String name, List<String> values) {
    public Label {
      values = List.copyOf(values);
    }

    /** A label with no other values than these. */
    static Label oneOf(String name, String... values) {
      return new Label(name, List.of(values));
    }

    /** A label whose values come from the host. */
    static Label free(String name) {
      return new Label(name, List.of());
    }
  }
}
