package dev.imfexporter.exposition;

import dev.imfexporter.metric.MetricSpec;
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
    this.labels = spec.labels().stream().map(MetricSpec.Label::name).toList();
  }

  /**
   * @param values of the metric's labels, in their order
   */
  Family add(double value, String... values) {
    return sample(spec.name(), value, values);
  }

  Family add(Instant at, String... values) {
    return add(at.getEpochSecond() + at.getNano() / 1e9, values);
  }

  Family add(Duration duration, String... values) {
    return add(seconds(duration), values);
  }

  /** Every state of the metric's last label, 1 for the one that holds. */
  Family states(String holds, String... values) {
    for (String state : spec.labels().get(labels.size() - 1).values()) {
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

  /** Empty when there is no sample: what is not known has no HELP either. */
  Optional<MetricFamilySamples> build() {
    return samples.isEmpty()
        ? Optional.empty()
        : Optional.of(new MetricFamilySamples(spec.name(), "", type(), help(), samples));
  }

  private Family sample(String name, double value, String... values) {
    if (values.length != labels.size()) {
      throw new IllegalArgumentException(spec.name() + " has the labels " + labels);
    }
    samples.add(new Sample(name, labels, List.of(values), value));
    return this;
  }

  private Collector.Type type() {
    return switch (spec.type()) {
      case COUNTER -> Collector.Type.COUNTER;
      case GAUGE -> Collector.Type.GAUGE;
      case SUMMARY -> Collector.Type.SUMMARY;
    };
  }

  private String help() {
    return spec.help() + " (" + spec.origin() + ")";
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
