package dev.imfexporter.metric;

import static dev.imfexporter.metric.MetricSpec.Label.free;
import static dev.imfexporter.metric.MetricSpec.Label.oneOf;
import static dev.imfexporter.metric.MetricSpec.gauge;
import static dev.imfexporter.metric.MetricType.COUNTER;
import static dev.imfexporter.metric.MetricType.SUMMARY;

import dev.imfexporter.metric.MetricSpec.Label;
import java.util.ArrayList;
import java.util.List;

/** Every metric about a host, in the order of the exposition. */
public final class Catalogue {
  private static final List<MetricSpec> ALL = new ArrayList<>();

  private static final String SCM = "Service Control Manager";
  private static final String STATUS = "SERVICE_STATUS_PROCESS";

  private static final Label NAME = free("name");
  private static final Label READING =
      oneOf(
          "reading",
          "services",
          "definition",
          "smtp",
          "filter",
          "events",
          "folders",
          "banner",
          "components",
          "host");
  private static final Label ORIGIN = oneOf("origin", "registry", "folder");

  public static final MetricSpec UP =
      add(
          gauge(
              "imf_up",
              "1 if the services of the host could be read; otherwise 0, and what is known of their"
                  + " present is absent.",
              "this exporter"));
  public static final MetricSpec READING_RESULT =
      add(
          gauge(
              "imf_reading_result",
              "How each reading ended: 1 for the result that holds.",
              "this exporter",
              READING,
              oneOf("result", "ok", "failed", "unsupported", "not_applicable")));
  public static final MetricSpec READING_DURATION =
      add(
          gauge(
              "imf_reading_duration_seconds",
              "How long the newest reading took, or has taken without an answer; absent when there was"
                  + " nothing to read.",
              "this exporter",
              READING));
  public static final MetricSpec READING_TIMESTAMP =
      add(
          gauge(
              "imf_reading_timestamp_seconds",
              "When the newest reading ended or was given up, as Unix time by the exporter's clock;"
                  + " absent when there was nothing to read.",
              "this exporter",
              READING));

  public static final MetricSpec SERVICE_STATE =
      add(
          gauge(
              "imf_service_state",
              "State of the service: 1 for the one that holds; missing means not installed."
                  + " Absent when the services could not be read.",
              STATUS + ".dwCurrentState",
              NAME,
              oneOf(
                  "state",
                  "stopped",
                  "start_pending",
                  "stop_pending",
                  "running",
                  "continue_pending",
                  "pause_pending",
                  "paused",
                  "missing")));
  public static final MetricSpec SERVICE_START_MODE =
      add(
          gauge(
              "imf_service_start_mode",
              "When the service starts: 1 for the mode that holds.",
              "QUERY_SERVICE_CONFIG.dwStartType and fDelayedAutostart",
              NAME,
              oneOf("mode", "boot", "system", "auto", "delayed_auto", "manual", "disabled")));
  public static final MetricSpec SERVICE_EXIT_CODE =
      add(
          gauge(
              "imf_service_exit_code",
              "Win32 error code of the last stop; 0 while running, 1077 if never started since the"
                  + " boot, 1066 if the service-specific code tells.",
              STATUS + ".dwWin32ExitCode",
              NAME));
  public static final MetricSpec SERVICE_SPECIFIC_EXIT_CODE =
      add(
          gauge(
              "imf_service_specific_exit_code",
              "The service's own error code of the last stop, where imf_service_exit_code is 1066.",
              STATUS + ".dwServiceSpecificExitCode",
              NAME));
  public static final MetricSpec SERVICE_DEPENDENCY =
      add(
          gauge(
              "imf_service_dependency",
              "1 for every watched service (name) and each service that it requires.",
              "QUERY_SERVICE_CONFIG.lpDependencies",
              NAME,
              free("requires")));
  public static final MetricSpec SERVICE_WITNESS =
      add(
          gauge(
              "imf_service_witness",
              "How changes of the service's state come to be known: 1 for the way that holds now.",
              "this exporter",
              NAME,
              oneOf("witness", "event", "notification", "poll")));
  public static final MetricSpec SERVICE_RESTART_DURATION =
      add(
          new MetricSpec(
              "imf_service_restart_duration_seconds",
              SUMMARY,
              "Outages of the service that ended in RUNNING, from leaving RUNNING. An outage counts"
                  + " when nothing more can be learned of it, seconds after its end; the counts outlast"
                  + " the exporter where it has a journal.",
              List.of(NAME),
              SCM));
  public static final MetricSpec SERVICE_LAST_RESTART_DURATION =
      add(
          gauge(
              "imf_service_last_restart_duration_seconds",
              "Phases of the newest restart and their total; a phase that was not seen from end to"
                  + " end is absent, never 0.",
              SCM,
              NAME,
              oneOf("phase", "stop", "down", "start", "total")));
  public static final MetricSpec SERVICE_LAST_STOP =
      add(
          gauge(
              "imf_service_last_stop_timestamp_seconds",
              "When the service last became STOPPED, as Unix time; absent if nobody knows.",
              SCM,
              NAME));
  public static final MetricSpec SERVICE_LAST_START =
      add(
          gauge(
              "imf_service_last_start_timestamp_seconds",
              "When the service last became RUNNING, as Unix time; absent if nobody knows.",
              SCM,
              NAME));
  public static final MetricSpec SERVICE_OUTAGE_START =
      add(
          gauge(
              "imf_service_outage_start_timestamp_seconds",
              "When the service left RUNNING, as Unix time; absent while it runs, and for an outage"
                  + " whose begin was not seen.",
              SCM,
              NAME));
  public static final MetricSpec SERVICE_LEFT_STOPPED =
      add(
          gauge(
              "imf_service_left_stopped",
              "1 while the service is STOPPED though it ran before: it was seen to, or it starts"
                  + " automatically and has run since the boot; never for a disabled service.",
              SCM,
              NAME));

  public static final MetricSpec DEFINITION_INFO =
      add(
          gauge(
              "imf_definition_info",
              "1 with the version of the IMF definition by each of its witnesses.",
              "HKLM\\...\\KB907747 PackageVersion; newest folder below Exchsrvr\\bin\\MSCFV2",
              ORIGIN,
              free("version")));
  public static final MetricSpec DEFINITION_BUILD =
      add(
          gauge(
              "imf_definition_build",
              "Third number of the version of the IMF definition.",
              "as imf_definition_info",
              ORIGIN));
  public static final MetricSpec DEFINITION_INSTALLED =
      add(
          gauge(
              "imf_definition_installed_timestamp_seconds",
              "Midnight of the day on which the definition was installed, as Unix time.",
              "HKLM\\...\\KB907747 InstalledDate"));
  public static final MetricSpec DEFINITION_CHANGED =
      add(
          gauge(
              "imf_definition_changed_timestamp_seconds",
              "When the update's registry key was last written, as Unix time by the host's clock.",
              "RegQueryInfoKey of HKLM\\...\\KB907747"));
  public static final MetricSpec DEFINITION_UPDATES_ENABLED =
      add(
          gauge(
              "imf_definition_updates_enabled",
              "1 if updates of the definition are offered to the host; absent where not said.",
              "HKLM\\SOFTWARE\\Microsoft\\Exchange ContentFilterState"));
  public static final MetricSpec DEFINITION_CHANGES =
      add(
          new MetricSpec(
              "imf_definition_changes_total",
              COUNTER,
              "Changes of the definition's version that were seen.",
              List.of(),
              "as imf_definition_info"));
  public static final MetricSpec UPDATE_MARKER =
      add(
          gauge(
              "imf_update_marker_timestamp_seconds",
              "When the newest sign of an update came, as Unix time by the exporter's clock.",
              "creation of the version folder; last write of the KB907747 key; System log, Windows"
                  + " Update Agent, WindowsUpdateClient, Servicing",
              oneOf("marker", "begun", "folder", "registry", "installed", "failed"),
              oneOf("kind", "definition", "windows")));

  static {
    ServiceHistoryMetrics.ALL.forEach(Catalogue::add);
    UpdateMetrics.ALL.forEach(Catalogue::add);
    HostMetrics.ALL.forEach(Catalogue::add);
    MailMetrics.ALL.forEach(Catalogue::add);
  }

  /** The metrics of the performance object SMTP Server, each with the counter it comes from. */
  public static final List<SmtpMetric> SMTP = SmtpMetric.all();

  static {
    SMTP.stream().map(SmtpMetric::spec).distinct().forEach(Catalogue::add);
  }

  private Catalogue() {}

  /** Every metric about a host. */
  public static List<MetricSpec> all() {
    return List.copyOf(ALL);
  }

  private static MetricSpec add(MetricSpec spec) {
    ALL.add(spec);
    return spec;
  }
}
