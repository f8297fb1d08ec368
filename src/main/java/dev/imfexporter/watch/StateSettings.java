package dev.imfexporter.watch;

import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.watch.model.Limits;
import dev.imfexporter.watch.model.Retention;
import dev.imfexporter.watch.model.WatchPlan;
import java.util.Set;

/**
 * The settings of a {@link HostState}.
 *
 * @param eventsWatched whether event logs are read
 * @param bannerWatched whether SMTP is asked for its banner
 * @param countedProviders the providers whose events are counted one by one
 * @param optionalServices short names, in any case, of services that are not missed while they are
 *     stopped
 */
public record StateSettings(
    Limits limits,
    Retention retention,
    boolean eventsWatched,
    boolean bannerWatched,
    Set<String> countedProviders,
    Set<String> optionalServices) {
  public StateSettings {
    countedProviders = Set.copyOf(countedProviders);
    optionalServices = Set.copyOf(optionalServices);
  }

  static StateSettings of(WatchPlan plan) {
    return new StateSettings(
        plan.limits(),
        plan.retention(),
        plan.has(CollectorKey.EVENTS),
        plan.has(CollectorKey.BANNER),
        plan.countedProviders(),
        plan.optionalServices());
  }
}
