package dev.imfexporter.metric;

import static java.util.Objects.requireNonNull;

import dev.imfexporter.collector.SmtpCounter;
import dev.imfexporter.collector.SmtpCounter.Kind;
import dev.imfexporter.collector.SmtpCounter.Quantity;
import dev.imfexporter.metric.MetricSpec.Label;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The counters of the performance object {@code SMTP Server}: one metric for each quantity. */
public final class SmtpMetrics {
  static final MetricGroup GROUP = new MetricGroup("Counters of the SMTP server");

  private static final Map<Quantity, MetricSpec> BY_QUANTITY = new LinkedHashMap<>();

  static {
    for (SmtpCounter counter : SmtpCounter.values()) {
      BY_QUANTITY.computeIfAbsent(counter.quantity(), SmtpMetrics::declare);
    }
  }

  private SmtpMetrics() {}

  /** The metric of a counter; its labels are the virtual server and, if any, the part. */
  public static MetricSpec of(SmtpCounter counter) {
    return requireNonNull(BY_QUANTITY.get(counter.quantity()));
  }

  private static MetricSpec declare(Quantity quantity) {
    List<SmtpCounter> counters = quantity.counters();
    List<Label> labels = new ArrayList<>(List.of(Label.free("virtual_server")));
    quantity
        .label()
        .ifPresent(
            name -> labels.add(new Label(name, counters.stream().map(SmtpCounter::part).toList())));
    String name = "imf_smtp_" + quantity.name();
    String origin =
        counters.stream()
            .map(SmtpCounter::windowsName)
            .collect(Collectors.joining(", ", "SMTP Server: ", ""));
    Label[] all = labels.toArray(Label[]::new);
    return quantity.kind() == Kind.TOTAL
        ? GROUP.counter(name + "_total", quantity.meaning(), origin, all)
        : GROUP.gauge(name, quantity.meaning(), origin, all);
  }
}
