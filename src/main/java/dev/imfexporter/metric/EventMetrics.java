package dev.imfexporter.metric;

import static dev.imfexporter.metric.MetricSpec.Label.free;

import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.collector.event.EventsReading;
import dev.imfexporter.metric.MetricSpec.Label;

/** The event logs. */
public final class EventMetrics {
  static final MetricGroup GROUP = new MetricGroup("Event logs");

  private static final Label LOG = new Label("log", EventsReading.LOGS);
  private static final String LOGS = "System and Application log";

  public static final MetricSpec EVENTS =
      GROUP.counter(
          "imf_event_log_events_total",
          "Events of the configured providers, by log, provider, id and level.",
          LOGS,
          LOG,
          free("provider"),
          free("event_id"),
          Label.of("level", LoggedEvent.Level.class));
  public static final MetricSpec BIND_FAILURES =
      GROUP.counter(
          "imf_smtp_bind_failures_total",
          "How often a virtual server could not bind or start; virtual_server=other beyond 64.",
          "System log, SMTPSVC 115 and 429",
          free("virtual_server"));
  public static final MetricSpec EVENT_GAPS =
      GROUP.counter(
          "imf_event_log_gaps_total",
          "How often records were lost before they were read, because the log was cleared or is too"
              + " small.",
          LOGS,
          LOG);
  public static final MetricSpec LAST_EVENT_GAP =
      GROUP.gauge(
          "imf_event_log_last_gap_timestamp_seconds",
          "When such a loss was last found, as Unix time; absent if never.",
          LOGS,
          LOG);
  public static final MetricSpec UNRECOGNISED =
      GROUP.counter(
          "imf_event_log_unrecognised_total",
          "Events that name a state or a control in words that the exporter does not have.",
          LOGS,
          LOG);
  public static final MetricSpec READABLE =
      GROUP.gauge(
          "imf_event_log_readable",
          "1 if the log could be read, else 0; absent if no log could be read, and with events"
              + " switched off.",
          LOGS,
          LOG);
  public static final MetricSpec DAMAGED_RECORDS =
      GROUP.counter(
          "imf_event_log_damaged_records_total",
          "Records that were passed over since the exporter started, because their bytes break the"
              + " format.",
          LOGS,
          LOG);

  private EventMetrics() {}
}
