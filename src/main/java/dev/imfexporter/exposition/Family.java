package dev.imfexporter.exposition;

import dev.imfexporter.metric.MetricSpec;
import dev.imfexporter.metric.MetricSpec.Label;
import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The samples of one metric of the catalogue while a scrape is put together. */
final class Family {
  private final MetricSpec spec;
  private final List<String> labels;
  private final List<Sample> samples = new ArrayList<>();

  Family(MetricSpec spec) {
    this.spec = spec;
    this.labels = spec.labels().stream().map(Label::name).toList();
  }

  /**
   * @param values of the metric's labels, in their order
   */
  Family add(double value, String... values) {
    return sample(spec.name(), value, values);
  }

  Family add(long value, String... values) {
    return add((double) value, values);
  }

  /** 1 for true. */
  Family add(boolean value, String... values) {
    return add(value ? 1 : 0, values);
  }

  Family add(Instant at, String... values) {
    return add(at.getEpochSecond() + at.getNano() / 1e9, values);
  }

  /** Adds nothing if it is empty. */
  Family add(Optional<Instant> at, String... values) {
    at.ifPresent(moment -> add(moment, values));
    return this;
  }

  Family add(Duration duration, String... values) {
    return add(seconds(duration), values);
  }

  /**
   * Adds a sample for every value of the metric's last label.
   *
   * @param holds the one whose sample is 1
   * @param values of the labels before
   */
  Family states(String holds, String... values) {
    Label last = spec.labels().get(labels.size() - 1);
    require(last.values().contains(holds), last, holds);
    for (String state : last.values()) {
      String[] all = Arrays.copyOf(values, values.length + 1);
      all[values.length] = state;
      add(state.equals(holds) ? 1 : 0, all);
    }
    return this;
  }

  Family summary(long count, Duration sum, String... values) {
    sample(spec.name() + "_count", (double) count, values);
    return sample(spec.name() + "_sum", seconds(sum), values);
  }

  /** Empty without a sample: a metric that is not known has no HELP line either. */
  Optional<MetricFamilySamples> build() {
    return samples.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new MetricFamilySamples(
                spec.name(),
                "",
                Collector.Type.valueOf(spec.type().name()),
                spec.helpAndOrigin(),
                samples));
  }

  private Family sample(String name, double value, String... values) {
    if (values.length != labels.size()) {
      throw new IllegalArgumentException(spec.name() + " has the labels " + labels);
    }
    for (int i = 0; i < values.length; i++) {
      Label label = spec.labels().get(i);
      require(label.allows(values[i]), label, values[i]);
    }
    samples.add(new Sample(name, labels, List.of(values), value));
    return this;
  }

  private void require(boolean allowed, Label label, String value) {
    if (!allowed) {
      throw new IllegalArgumentException(
          "%s has no %s %s".formatted(spec.name(), label.name(), value));
    }
  }

  private static double seconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() / 1e9;
  }
}
