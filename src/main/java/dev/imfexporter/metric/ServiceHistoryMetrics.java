package dev.imfexporter.metric;

import static dev.imfexporter.metric.MetricSpec.Label.free;
import static dev.imfexporter.metric.MetricSpec.counter;
import static dev.imfexporter.metric.MetricSpec.gauge;

import dev.imfexporter.metric.MetricSpec.Label;
import java.util.List;

/** What outages and the event log tell of services. */
public final class ServiceHistoryMetrics {
  private static final String SCM_EVENTS = "System log, Service Control Manager ";
  private static final Label NAME = free("name");

  public static final MetricSpec FAILURES =
      counter(
          "imf_service_failures_total",
          "Failures of the service that the event log tells of, by the event's id.",
          SCM_EVENTS + "7000, 7001, 7009, 7011, 7022, 7023, 7024, 7031, 7032, 7034, 7043, 7046",
          NAME,
          free("event_id"));
  public static final MetricSpec LAST_CRASH =
      gauge(
          "imf_service_last_crash_timestamp_seconds",
          "When the service last terminated without an order to, as Unix time; absent if it never did.",
          SCM_EVENTS + "7031, 7034; exit code of the stop",
          NAME);
  public static final MetricSpec RECENT_OUTAGES =
      gauge(
          "imf_service_recent_outages",
          "Outages of the service that began within the last 15 minutes.",
          "this exporter",
          NAME);
  public static final MetricSpec LEFT_AUTOMATIC =
      gauge(
          "imf_service_left_automatic_timestamp_seconds",
          "When the service was found changed from an automatic start mode to manual or disabled,"
              + " as Unix time; absent while it starts automatically or was never seen to.",
          SCM_EVENTS + "7040; QUERY_SERVICE_CONFIG.dwStartType",
          NAME);
  public static final MetricSpec DISAGREEMENTS =
      counter(
          "imf_witness_disagreements_total",
          "Transitions of the service that one witness told of and another, which should have, did"
              + " not.",
          "this exporter",
          NAME);

  static final List<MetricSpec> ALL =
      List.of(FAILURES, LAST_CRASH, RECENT_OUTAGES, LEFT_AUTOMATIC, DISAGREEMENTS);

  private ServiceHistoryMetrics() {}
}
