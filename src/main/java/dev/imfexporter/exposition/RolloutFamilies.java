package dev.imfexporter.exposition;

import dev.imfexporter.metric.ExporterMetrics;
import dev.imfexporter.overview.HostOutcome;
import dev.imfexporter.overview.Rollout;
import dev.imfexporter.overview.Rollouts;
import io.prometheus.client.Collector;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What updates did to all hosts, made anew for each scrape. */
final class RolloutFamilies extends Collector {
  private final Supplier<Rollouts> rollouts;

  RolloutFamilies(Supplier<Rollouts> rollouts) {
    this.rollouts = rollouts;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    Family hosts = new Family(ExporterMetrics.UPDATE_HOSTS);
    Family stop = new Family(ExporterMetrics.UPDATE_ROLLOUT_STOP);
    Rollouts now = rollouts.get();
    for (Rollout rollout : now.all()) {
      String id = rollout.name().id();
      Rollout.Group group = rollout.all();
      for (HostOutcome outcome : HostOutcome.values()) {
        if (group.count(outcome) > 0) {
          hosts.add(group.count(outcome), id, outcome.word());
        }
      }
      stop.add(rollout.shouldStop(now.now()), id);
    }
    return Stream.of(hosts, stop).map(Family::build).flatMap(Optional::stream).toList();
  }
}
