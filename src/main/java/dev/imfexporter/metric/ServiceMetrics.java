package dev.imfexporter.metric;

import static dev.imfexporter.metric.HostMetrics.EXPORTER;
import static dev.imfexporter.metric.MetricSpec.Label.free;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.event.EventDecoders;
import dev.imfexporter.metric.MetricSpec.Label;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.model.Standing;
import java.util.stream.Collectors;

/** The watched services: their state and configuration now, and their outages. */
public final class ServiceMetrics {
  static final MetricGroup GROUP = new MetricGroup("Services");

  private static final String SCM = "Service Control Manager";
  private static final String SCM_EVENTS = "System log, Service Control Manager ";
  private static final String STATUS = "SERVICE_STATUS_PROCESS";
  private static final Label NAME = free("name");

  public static final MetricSpec STATE =
      GROUP.gauge(
          "imf_service_state",
          "State of the service: 1 for the one that applies; missing means not installed."
              + " Absent if the services could not be read.",
          STATUS + ".dwCurrentState",
          NAME,
          Label.of("state", ServiceState.class).or("missing"));
  public static final MetricSpec STANDING =
      GROUP.gauge(
          "imf_service_standing",
          "Whether the service should run and does: 1 for the one that applies. down: it should run,"
              + " because it ran before or is being started, and does not. left_down_by_update: it"
              + " ran when an update began, does not run, and became disabled or manual in the window"
              + " of that update. removed: it ran and is not installed any more. paused: it keeps its"
              + " connections and accepts no new ones. resting: stopped, without evidence that it"
              + " ever ran, or one of optional_services. disabled: by an administrator. missing: not installed, without evidence"
              + " that it ever ran. Absent if the services could not be read.",
          EXPORTER,
          NAME,
          Label.of("standing", Standing.class));
  public static final MetricSpec DOWN_SINCE =
      GROUP.gauge(
          "imf_service_down_since_timestamp_seconds",
          "While the service is down, left down by an update or removed: the begin of its outage, or when the"
              + " exporter first saw it so, as Unix time.",
          EXPORTER,
          NAME);
  public static final MetricSpec HALTED =
      GROUP.gauge(
          "imf_service_halted",
          "1 while the service has been down for longer than the limit halted_after in one go; after"
              + " a boot the limit is halted_after_boot, counted from the boot. The time in which"
              + " the host itself was down does not count.",
          EXPORTER,
          NAME);
  public static final MetricSpec START_MODE =
      GROUP.gauge(
          "imf_service_start_mode",
          "Start mode of the service: 1 for the one that applies.",
          "QUERY_SERVICE_CONFIG.dwStartType and fDelayedAutostart",
          NAME,
          Label.of("mode", StartMode.class));
  public static final MetricSpec EXIT_CODE =
      GROUP.gauge(
          "imf_service_exit_code",
          "Win32 error code of the last stop; 0 while running, 1077 if not started since the boot,"
              + " 1066 if imf_service_specific_exit_code has the code.",
          STATUS + ".dwWin32ExitCode",
          NAME);
  public static final MetricSpec SPECIFIC_EXIT_CODE =
      GROUP.gauge(
          "imf_service_specific_exit_code",
          "The service's own error code of the last stop, where imf_service_exit_code is 1066.",
          STATUS + ".dwServiceSpecificExitCode",
          NAME);
  public static final MetricSpec DEPENDENCY =
      GROUP.gauge(
          "imf_service_dependency",
          "1 for every watched service (name) and each service that it requires.",
          "QUERY_SERVICE_CONFIG.lpDependencies",
          NAME,
          free("requires"));
  public static final MetricSpec SOURCE =
      GROUP.gauge(
          "imf_service_state_source",
          "Source of changes of the service's state: 1 for the one in use.",
          EXPORTER,
          NAME,
          Label.of("source", Source.class));
  public static final MetricSpec RESTART_DURATION =
      GROUP.summary(
          "imf_service_restart_duration_seconds",
          "Outages of the service that ended in RUNNING, from leaving RUNNING. An outage is counted"
              + " seconds after its end, when all sources have reported it; with a journal the"
              + " counts survive a restart of the exporter.",
          SCM,
          NAME);
  public static final MetricSpec LAST_RESTART_DURATION =
      GROUP.gauge(
          "imf_service_last_restart_duration_seconds",
          "Phases of the last restart and their total; a phase that was not seen from start to end"
              + " is absent, never 0.",
          SCM,
          NAME,
          Label.of("phase", Phase.class).or("total"));
  public static final MetricSpec TYPICAL_RESTART_DURATION =
      GROUP.gauge(
          "imf_service_restart_duration_typical_seconds",
          "Median of the up to 20 newest restarts before the last one: of each phase and of the whole,"
              + " to compare imf_service_last_restart_duration_seconds with. Without those that began"
              + " with a failure of the service or in which the host went down. Absent below three"
              + " such restarts in which the phase was observed.",
          SCM,
          NAME,
          Label.of("phase", Phase.class).or("total"));
  public static final MetricSpec LONGEST_RESTART_DURATION =
      GROUP.gauge(
          "imf_service_restart_duration_longest_seconds",
          "The longest of the restarts of which imf_service_restart_duration_typical_seconds is the"
              + " median.",
          SCM,
          NAME,
          Label.of("phase", Phase.class).or("total"));
  public static final MetricSpec LAST_STOP =
      GROUP.gauge(
          "imf_service_last_stop_timestamp_seconds",
          "When the service last became STOPPED, as Unix time; absent if not known.",
          SCM,
          NAME);
  public static final MetricSpec LAST_START =
      GROUP.gauge(
          "imf_service_last_start_timestamp_seconds",
          "When the service last became RUNNING, as Unix time; absent if not known.",
          SCM,
          NAME);
  public static final MetricSpec OUTAGE_START =
      GROUP.gauge(
          "imf_service_outage_start_timestamp_seconds",
          "When the service left RUNNING, as Unix time; absent while it runs, and for an outage"
              + " whose start was not seen.",
          SCM,
          NAME);
  public static final MetricSpec LEFT_STOPPED =
      GROUP.gauge(
          "imf_service_left_stopped",
          "1 while the service is STOPPED though it ran before: the exporter saw it run, or it starts"
              + " automatically and has run since the boot. For a disabled service, 1 only if an"
              + " update that it ran before left it disabled.",
          SCM,
          NAME);
  public static final MetricSpec FAILURES =
      GROUP.counter(
          "imf_service_failures_total",
          "Failures of the service in the event log, by the event's id.",
          SCM_EVENTS
              + EventDecoders.failureIds().stream()
                  .map(String::valueOf)
                  .collect(Collectors.joining(", ")),
          NAME,
          free("event_id"));
  public static final MetricSpec LAST_CRASH =
      GROUP.gauge(
          "imf_service_last_crash_timestamp_seconds",
          "When the service last terminated without a stop control, as Unix time; absent if it never"
              + " did.",
          SCM_EVENTS + "7031, 7034; exit code of the stop",
          NAME);
  public static final MetricSpec RECENT_OUTAGES =
      GROUP.gauge(
          "imf_service_recent_outages",
          "Outages of the service that began within the last 15 minutes.",
          EXPORTER,
          NAME);
  public static final MetricSpec LEFT_AUTOMATIC =
      GROUP.gauge(
          "imf_service_start_mode_downgraded_timestamp_seconds",
          "When the service's start mode last became weaker, from an automatic one to manual or disabled"
              + " or from manual to disabled, as Unix time; absent if it never did, while it is"
              + " automatic, and once it is as it was before.",
          SCM_EVENTS + "7040; QUERY_SERVICE_CONFIG.dwStartType",
          NAME);
  public static final MetricSpec DISAGREEMENTS =
      GROUP.counter(
          "imf_service_state_conflicts_total",
          "State changes reported by one source (event log, notification, poll) and missing from"
              + " another that should have reported them.",
          EXPORTER,
          NAME);

  private ServiceMetrics() {}
}
