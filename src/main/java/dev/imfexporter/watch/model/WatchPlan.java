package dev.imfexporter.watch.model;

import dev.imfexporter.collector.CollectorKey;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What to read from a host, how often, and how its history is judged and kept.
 *
 * @param host its name, as configured
 * @param smtp where its SMTP answers clients
 * @param collectors those that are switched on; {@link CollectorKey#SERVICES} always is
 * @param countedProviders of events whose number is exposed by event id
 * @param optionalServices short names, in any case, of services that are not missed while they are
 *     stopped
 * @param limits of episodes
 * @param retention of outages and episodes
 */
public record WatchPlan(
    String host,
    SmtpAddress smtp,
    List<PlannedCollector<?>> collectors,
    Pace pace,
    Set<String> countedProviders,
    Set<String> optionalServices,
    Limits limits,
    Retention retention) {

  /**
   * How often a host is read.
   *
   * @param pollInterval between two polls, which run what is due
   * @param timeout after which a call of a collector is given up; the call itself goes on
   */
  public record Pace(Duration pollInterval, Duration timeout) {}

  public WatchPlan {
    collectors = List.copyOf(collectors);
    countedProviders = Set.copyOf(countedProviders);
    optionalServices = Set.copyOf(optionalServices);
    if (collectors.stream().noneMatch(each -> each.key() == CollectorKey.SERVICES)) {
      throw new IllegalArgumentException("A plan without services");
    }
  }

  /** Whether a collector is switched on. */
  public boolean has(CollectorKey<?> key) {
    return collectors.stream().anyMatch(collector -> collector.key() == key);
  }
}
