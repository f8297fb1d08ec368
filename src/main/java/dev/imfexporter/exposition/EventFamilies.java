package dev.imfexporter.exposition;

import dev.imfexporter.metric.HostMetrics;
import dev.imfexporter.metric.ServiceHistoryMetrics;
import dev.imfexporter.watch.model.EventHistory;

/** What the event logs told, in numbers. */
final class EventFamilies {
  private EventFamilies() {}

  static void add(Families families, EventHistory history) {
    for (EventHistory.Log log : history.logs()) {
      families.of(HostMetrics.EVENT_GAPS).add((double) log.gaps(), log.name());
      log.lastGap().ifPresent(at -> families.of(HostMetrics.LAST_EVENT_GAP).add(at, log.name()));
      families.of(HostMetrics.UNRECOGNISED).add((double) log.unrecognised(), log.name());
    }
    for (EventHistory.Events events : history.events()) {
      families
          .of(HostMetrics.EVENTS)
          .add(
              (double) events.count(),
              events.log(),
              events.provider(),
              events.id() == EventHistory.OTHER ? "other" : Integer.toString(events.id()),
              events.level().word());
    }
    for (EventHistory.Failures failures : history.failures()) {
      families
          .of(ServiceHistoryMetrics.FAILURES)
          .add((double) failures.count(), failures.service(), Integer.toString(failures.id()));
    }
    history
        .bindFailures()
        .forEach(
            failure ->
                families
                    .of(HostMetrics.BIND_FAILURES)
                    .add((double) failure.count(), failure.virtualServer()));
  }
}
