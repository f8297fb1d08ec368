package dev.imfexporter.fleet;

import dev.imfexporter.access.HostAccess;
import dev.imfexporter.collector.Collector;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.watch.model.PlannedCollector;
import dev.imfexporter.watch.model.WatchPlan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the exporter would read from a host. */
public final class PlannedReadings {
  private PlannedReadings() {}

  /** The collectors that the configuration switches on, by their words. */
  public static Map<String, Collector<?>> of(HostConfig host) {
    Map<String, Collector<?>> all = new LinkedHashMap<>();
    for (PlannedCollector<?> planned : HostPlan.plan(host).collectors()) {
      all.put(planned.key().word(), planned.create().apply(log -> Optional.empty()));
    }
    return all;
  }

  /** What the exporter would read, and when. */
  public static WatchPlan plan(HostConfig host) {
    return HostPlan.plan(host);
  }

  /** The access of the configuration. */
  public static HostAccess open(HostConfig host) throws UsageException {
    return new AccessFactory().open(host);
  }
}
