package dev.imfexporter.metric;

import static dev.imfexporter.metric.MetricSpec.Label.free;
import static dev.imfexporter.metric.MetricSpec.Label.oneOf;
import static dev.imfexporter.metric.MetricSpec.counter;
import static dev.imfexporter.metric.MetricSpec.gauge;

import dev.imfexporter.metric.MetricSpec.Label;
import java.util.List;

/** The host itself, its event logs, and what is loaded into inetinfo.exe. */
public final class HostMetrics {
  private static final Label LOG = oneOf("log", "System", "Application");
  private static final String LOGS = "System and Application log";

  public static final MetricSpec BOOT =
      gauge(
          "imf_host_boot_timestamp_seconds",
          "When the host last started, as Unix time.",
          "GetTickCount64; NetRemoteTOD of another machine");
  public static final MetricSpec REBOOT_PENDING =
      gauge(
          "imf_host_reboot_pending",
          "1 while Windows waits for a reboot to complete an update.",
          "HKLM\\...\\Component Based Servicing\\RebootPending; ...\\Auto Update\\RebootRequired");
  public static final MetricSpec REBOOT_PENDING_SINCE =
      gauge(
          "imf_host_reboot_pending_since_timestamp_seconds",
          "Since when it waits, as Unix time; absent while it does not.",
          "last write of the key of imf_host_reboot_pending");
  public static final MetricSpec CLOCK_OFFSET =
      gauge(
          "imf_host_clock_offset_seconds",
          "By how much the host's clock is ahead of the exporter's; 0 for the exporter's own machine.",
          "NetRemoteTOD");
  public static final MetricSpec ERRORS =
      counter(
          "imf_host_errors_total",
          "Readings of the host that failed since the exporter started, by reason.",
          "this exporter",
          oneOf(
              "reason",
              "auth",
              "rights",
              "timeout",
              "refused",
              "unreachable",
              "dns",
              "protocol",
              "missing",
              "other"));
  public static final MetricSpec EVENTS =
      counter(
          "imf_event_log_events_total",
          "Events of the providers that are counted, by log, provider, id and level.",
          LOGS,
          LOG,
          free("provider"),
          free("event_id"),
          oneOf("level", "error", "warning", "information", "audit_success", "audit_failure"));
  public static final MetricSpec BIND_FAILURES =
      counter(
          "imf_smtp_bind_failures_total",
          "How often a virtual server could not bind or start.",
          "System log, SMTPSVC 115 and 429",
          free("virtual_server"));
  public static final MetricSpec EVENT_GAPS =
      counter(
          "imf_event_log_gaps_total",
          "How often records were lost before they were read: the log was cleared, or too small.",
          LOGS,
          LOG);
  public static final MetricSpec LAST_EVENT_GAP =
      gauge(
          "imf_event_log_last_gap_timestamp_seconds",
          "When such a loss was last found, as Unix time; absent if never.",
          LOGS,
          LOG);
  public static final MetricSpec UNRECOGNISED =
      counter(
          "imf_event_log_unrecognised_total",
          "Events that name a state or a control in words that are not known.",
          LOGS,
          LOG);
  public static final MetricSpec COMPONENT =
      gauge(
          "imf_component_info",
          "1 for each module of inetinfo.exe that neither Windows nor Exchange brought.",
          "EnumProcessModulesEx; version resource",
          oneOf("kind", "module"),
          free("component"),
          free("company"),
          free("version"));
  public static final MetricSpec COMPONENTS_STANDARD =
      gauge(
          "imf_components_standard",
          "How many other modules inetinfo.exe has loaded.",
          "EnumProcessModulesEx",
          oneOf("kind", "module"));

  static final List<MetricSpec> ALL =
      List.of(
          BOOT,
          REBOOT_PENDING,
          REBOOT_PENDING_SINCE,
          CLOCK_OFFSET,
          ERRORS,
          EVENTS,
          BIND_FAILURES,
          EVENT_GAPS,
          LAST_EVENT_GAP,
          UNRECOGNISED,
          COMPONENT,
          COMPONENTS_STANDARD);

  private HostMetrics() {}
}
