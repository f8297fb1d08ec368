package dev.imfexporter.exposition;

import dev.imfexporter.collector.Events;
import dev.imfexporter.metric.EventMetrics;
import dev.imfexporter.metric.ServiceMetrics;
import dev.imfexporter.watch.model.EventHistory;

/** Counts of events, failures and gaps of the event logs. */
final class EventFamilies {
  private EventFamilies() {}

  static void add(Families families, Events read) {
    for (Events.LogRead log : read.logs()) {
      families.of(EventMetrics.READABLE).add(log.failure().isEmpty() ? 1 : 0, log.log());
      families.of(EventMetrics.DAMAGED_RECORDS).add(log.damaged(), log.log());
    }
  }

  static void add(Families families, EventHistory history) {
    for (EventHistory.Log log : history.logs()) {
      families.of(EventMetrics.EVENT_GAPS).add(log.gaps(), log.name());
      families.of(EventMetrics.LAST_EVENT_GAP).add(log.lastGap(), log.name());
      families.of(EventMetrics.UNRECOGNISED).add(log.unrecognised(), log.name());
    }
    for (EventHistory.Events events : history.events()) {
      families
          .of(EventMetrics.EVENTS)
          .add(
              events.count(),
              events.log(),
              events.provider(),
              events.id() == EventHistory.OTHER ? "other" : Integer.toString(events.id()),
              events.level().word());
    }
    for (EventHistory.Failures failures : history.failures()) {
      families
          .of(ServiceMetrics.FAILURES)
          .add(failures.count(), failures.service(), Integer.toString(failures.id()));
    }
    history
        .bindFailures()
        .forEach(
            failure ->
                families
                    .of(EventMetrics.BIND_FAILURES)
                    .add(failure.count(), failure.virtualServer()));
  }
}
