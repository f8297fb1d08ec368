package dev.imfexporter.metric;

import dev.imfexporter.metric.MetricSpec.Label;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Metrics of one subject: to declare one is to add it. Each group is filled by the static
 * initializer of one class and read afterwards.
 */
public final class MetricGroup {
  private final String title;
  private final List<MetricSpec> specs = new ArrayList<>();

  /**
   * @param title the heading in docs/metrics.md
   */
  MetricGroup(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }

  /** In the order of their declaration, which is that of the exposition. */
  public List<MetricSpec> specs() {
    return Collections.unmodifiableList(specs);
  }

  MetricSpec gauge(String name, String help, String origin, Label... labels) {
    return add(name, MetricType.GAUGE, help, origin, labels);
  }

  MetricSpec counter(String name, String help, String origin, Label... labels) {
    return add(name, MetricType.COUNTER, help, origin, labels);
  }

  MetricSpec summary(String name, String help, String origin, Label... labels) {
    return add(name, MetricType.SUMMARY, help, origin, labels);
  }

  private MetricSpec add(
      String name, MetricType type, String help, String origin, Label... labels) {
    MetricSpec spec = new MetricSpec(name, type, help, List.of(labels), origin);
    specs.add(spec);
    return spec;
  }
}
