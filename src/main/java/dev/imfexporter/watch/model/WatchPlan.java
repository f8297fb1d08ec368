package dev.imfexporter.watch.model;

import dev.imfexporter.collector.CollectorKey;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What to read from a host, how often, and how its history is judged and kept.
 *
 * @param host its name, as configured
 * @param collectors those that are switched on; {@link CollectorKey#SERVICES} always is
 * @param pollInterval between two polls, which run what is due
 * @param timeout after which a call of a collector is given up; the call itself goes on
 * @param countedProviders of events whose number is exposed by event id
 * @param limits of episodes
 * @param retention of outages and episodes
 */
public record WatchPlan(
    String host,
    List<PlannedCollector<?>> collectors,
    Duration pollInterval,
    Duration timeout,
    Set<String> countedProviders,
    Limits limits,
    Retention retention) {

  public WatchPlan {
    collectors = List.copyOf(collectors);
    countedProviders = Set.copyOf(countedProviders);
    if (collectors.stream().noneMatch(each -> each.key() == CollectorKey.SERVICES)) {
      throw new IllegalArgumentException("A plan without services");
    }
  }

  /** Whether a collector is switched on. */
  public boolean has(CollectorKey<?> key) {
    return collectors.stream().anyMatch(collector -> collector.key() == key);
  }
}
