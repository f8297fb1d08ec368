package dev.imfexporter.metric;

import static dev.imfexporter.metric.MetricSpec.Label.free;

import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Result;
import dev.imfexporter.metric.MetricSpec.Label;
import dev.imfexporter.watch.model.Limits.Limit;
import dev.imfexporter.watch.model.Phase;
import java.util.EnumSet;

/** The host itself, how the exporter reads it, and what inetinfo.exe has loaded. */
public final class HostMetrics {
  static final MetricGroup GROUP = new MetricGroup("The host");

  static final String EXPORTER = "this exporter";
  static final Label READING = Label.of("collector", CollectorKey.all());
  static final Label RESULT = Label.of("result", Result.Kind.class);
  private static final Label KIND = Label.of("kind", "module");

  public static final MetricSpec UP =
      GROUP.gauge(
          "imf_up",
          "1 if the host's services could be read. When 0, all series about the current state are"
              + " absent.",
          EXPORTER);
  public static final MetricSpec LIMIT =
      GROUP.gauge(
          "imf_limit_seconds",
          "The limits of the host's configuration, after which a recovery is slow, mail flow is"
              + " halted, and mail is stuck.",
          EXPORTER,
          Label.of("limit", Limit.class));
  public static final MetricSpec READING_RESULT =
      GROUP.gauge(
          "imf_collector_result",
          "Result of the last run of each collector: 1 for the one that applies.",
          EXPORTER,
          READING,
          RESULT);
  public static final MetricSpec READING_DURATION =
      GROUP.gauge(
          "imf_collector_duration_seconds",
          "Duration of the last run, or how long it has waited for an answer so far; absent if there"
              + " was nothing to read.",
          EXPORTER,
          READING);
  public static final MetricSpec READING_TIMESTAMP =
      GROUP.gauge(
          "imf_collector_timestamp_seconds",
          "When the last run ended or was given up, as Unix time by the exporter's clock; absent if"
              + " there was nothing to read.",
          EXPORTER,
          READING);
  public static final MetricSpec ERRORS =
      GROUP.counter(
          "imf_host_errors_total",
          "Runs of collectors that failed since the exporter started, by reason.",
          EXPORTER,
          Label.of("reason", ErrorReason.class));
  public static final MetricSpec BOOT =
      GROUP.gauge(
          "imf_host_boot_timestamp_seconds",
          "When the host last started, as Unix time.",
          "GetTickCount64; NetRemoteTOD of another machine");
  public static final MetricSpec REBOOT_PENDING =
      GROUP.gauge(
          "imf_host_reboot_pending",
          "1 while Windows waits for a reboot to complete an update.",
          "HKLM\\...\\Component Based Servicing\\RebootPending; ...\\Auto Update\\RebootRequired");
  public static final MetricSpec REBOOT_PENDING_SINCE =
      GROUP.gauge(
          "imf_host_reboot_pending_since_timestamp_seconds",
          "When Windows began to wait for it, as Unix time; absent while it does not wait.",
          "last write of the key of imf_host_reboot_pending");
  public static final MetricSpec CLOCK_OFFSET =
      GROUP.gauge(
          "imf_host_clock_offset_seconds",
          "By how much the host's clock is ahead of the exporter's; 0 for the exporter's own machine.",
          "NetRemoteTOD");
  public static final MetricSpec COMPONENT =
      GROUP.gauge(
          "imf_inetinfo_third_party_module_info",
          "1 for each module of inetinfo.exe that belongs neither to Windows nor to Exchange.",
          "EnumProcessModulesEx; version resource",
          KIND,
          free("component"),
          free("company"),
          free("version"));
  public static final MetricSpec COMPONENTS_STANDARD =
      GROUP.gauge(
          "imf_inetinfo_modules",
          "Number of other modules that inetinfo.exe has loaded.",
          "EnumProcessModulesEx",
          KIND);
  public static final MetricSpec MODULES_UNLISTED =
      GROUP.gauge(
          "imf_inetinfo_third_party_modules_unlisted",
          "Third-party modules of inetinfo.exe beyond the 50 that have a series in"
              + " imf_inetinfo_third_party_module_info.",
          "EnumProcessModulesEx");
  public static final MetricSpec COMPONENT_WAIT =
      GROUP.gauge(
          "imf_component_wait_seconds",
          "For how long the last stop of IIS Admin had a third-party module of inetinfo.exe still"
              + " loaded, and for how long its last start had loaded one and no further one: evidence"
              + " of what held it up, not a verdict. Of the last stop and start that were watched, at"
              + " most 50 modules each.",
          "EnumProcessModulesEx, each second while IIS Admin is STOP_PENDING or START_PENDING",
          free("component"),
          Label.of("phase", EnumSet.of(Phase.STOP, Phase.START)));
  public static final MetricSpec SERVICES_UNLISTED =
      GROUP.gauge(
          "imf_services_unlisted",
          "Dependents of IISADMIN beyond the 64 that are watched; one that is gone for a day makes"
              + " room for another.",
          "EnumDependentServices");
  public static final MetricSpec VIRTUAL_SERVERS_UNLISTED =
      GROUP.gauge(
          "imf_smtp_virtual_servers_unlisted",
          "Virtual servers of SMTP beyond the 64 that have series.",
          "instances of SMTP Server");

  private HostMetrics() {}
}
