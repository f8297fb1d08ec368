package dev.imfexporter.metric;

import static dev.imfexporter.metric.HostMetrics.EXPORTER;
import static dev.imfexporter.metric.MetricSpec.Label.free;

import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.metric.MetricSpec.Label;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.SettingKind;
import dev.imfexporter.watch.model.StartedBy;
import java.util.EnumSet;

/** The definition of the filter, the markers of updates, and the episodes around them. */
public final class UpdateMetrics {
  static final MetricGroup GROUP = new MetricGroup("Definition and updates");

  private static final Label ORIGIN = Label.of("origin", "registry", "folder");
  private static final Label KIND = Label.of("kind", UpdateKind.class);
  private static final Label EPISODE = free("episode");
  private static final Label OUTCOME = Label.of("outcome", Episode.Outcome.class);

  public static final MetricSpec DEFINITION_INFO =
      GROUP.gauge(
          "imf_definition_info",
          "1 with the version of the IMF definition according to each place that has it.",
          "HKLM\\...\\KB907747 PackageVersion; newest folder below Exchsrvr\\bin\\MSCFV2",
          ORIGIN,
          free("version"));
  public static final MetricSpec DEFINITION_BUILD =
      GROUP.gauge(
          "imf_definition_build",
          "Third number of the version of the IMF definition.",
          "as imf_definition_info",
          ORIGIN);
  public static final MetricSpec DEFINITION_INSTALLED =
      GROUP.gauge(
          "imf_definition_installed_timestamp_seconds",
          "Midnight of the day on which the definition was installed, as Unix time.",
          "HKLM\\...\\KB907747 InstalledDate");
  public static final MetricSpec DEFINITION_CHANGED =
      GROUP.gauge(
          "imf_definition_changed_timestamp_seconds",
          "When the update's registry key was last written, as Unix time by the host's clock.",
          "RegQueryInfoKey of HKLM\\...\\KB907747");
  public static final MetricSpec DEFINITION_UPDATES_ENABLED =
      GROUP.gauge(
          "imf_definition_updates_enabled",
          "1 if the host is offered updates of the definition; absent if the value does not exist.",
          "HKLM\\SOFTWARE\\Microsoft\\Exchange ContentFilterState");
  public static final MetricSpec DEFINITION_CHANGES =
      GROUP.counter(
          "imf_definition_changes_total",
          "Changes of the definition's version that were seen.",
          "as imf_definition_info");
  public static final MetricSpec UPDATE_MARKER =
      GROUP.gauge(
          "imf_update_marker_timestamp_seconds",
          "When the last marker of an update was written, as Unix time by the exporter's clock.",
          "creation of the version folder, or when it was first seen if it was moved; last write of"
              + " the KB907747 key; System log, Windows Update Agent, WindowsUpdateClient, Servicing",
          Label.of("marker", MarkerType.class),
          KIND);
  public static final MetricSpec LAST_UPDATE =
      GROUP.gauge(
          "imf_update_last_info",
          "1 with the KB number and the title (cut at 128 characters) of the last update that an"
              + " installer reported; updates that come daily are left out.",
          "System log, Windows Update Agent, WindowsUpdateClient, Servicing",
          free("update_id"),
          free("title"));
  public static final MetricSpec FAILED =
      GROUP.gauge(
          "imf_update_failed_timestamp_seconds",
          "When the installation of an update failed that was not installed since, as Unix time by"
              + " the exporter's clock; absent without one. The success of another update does not"
              + " count.",
          "System log, Windows Update Agent, WindowsUpdateClient, Servicing",
          KIND,
          free("update_id"),
          free("title"));
  public static final MetricSpec PENDING =
      GROUP.gauge(
          "imf_update_pending",
          "1 for each update that Windows has announced or begun to download, and that no event has"
              + " reported as installed or failed since: the newest 20 of the last 30 days. Updates"
              + " that come daily are left out.",
          "System log, Windows Update Agent 17 and 18, WindowsUpdateClient 17, 18 and 44",
          free("update_id"),
          free("title"));
  public static final MetricSpec SCHEDULED =
      GROUP.gauge(
          "imf_update_scheduled_timestamp_seconds",
          "When Automatic Updates next installs what is pending then, as Unix time by the host's"
              + " clock; absent if nothing says when.",
          "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate\\AU and, before Server 2012,"
              + " ...\\CurrentVersion\\WindowsUpdate\\Auto Update: AUOptions, ScheduledInstallDay,"
              + " ScheduledInstallTime; Control\\TimeZoneInformation");
  public static final MetricSpec EPISODE_STATE =
      GROUP.gauge(
          "imf_update_episode_state",
          "State of the open episode of an update, or idle: 1 for the one that applies.",
          EXPORTER,
          Label.of("state", EnumSet.complementOf(EnumSet.of(Episode.State.CLOSED))).or("idle"));
  public static final MetricSpec EPISODES =
      GROUP.counter(
          "imf_update_episodes_total",
          "Closed episodes of updates, by outcome.",
          EXPORTER,
          OUTCOME);
  public static final MetricSpec RECOVERY_DURATION =
      GROUP.summary(
          "imf_update_recovery_duration_seconds",
          "From the first outage of an episode until mail flow was verified.",
          EXPORTER);
  public static final MetricSpec HALT_RECOVERED =
      GROUP.gauge(
          "imf_update_halt_recovered_timestamp_seconds",
          "When mail flow was verified after the newest episode of an update in which mail was"
              + " halted, as Unix time; a later episode without a halt does not replace it.",
          EXPORTER,
          EPISODE,
          KIND,
          Label.of("started_by", StartedBy.class).or("none"));
  public static final MetricSpec LAST_EPISODE =
      GROUP.gauge(
          "imf_update_last_episode_info",
          "1 with the outcome of the last closed episode and, as far as there is evidence, what ended"
              + " its outages; none if there was no outage.",
          EXPORTER,
          EPISODE,
          KIND,
          OUTCOME,
          Label.of("started_by", StartedBy.class).or("none"));
  public static final MetricSpec LAST_EPISODE_TIMES =
      GROUP.gauge(
          "imf_update_last_episode_timestamp_seconds",
          "When the last closed episode began, when the first service left RUNNING, when mail flow"
              + " was verified, and when the episode was closed, as Unix time.",
          EXPORTER,
          EPISODE,
          Label.of("phase", "began", "down", "verified", "closed"));
  public static final MetricSpec LAST_EPISODE_OUTAGE =
      GROUP.gauge(
          "imf_update_last_episode_outage_seconds",
          "Sum of the outages of each service in the last closed episode.",
          EXPORTER,
          EPISODE,
          free("name"));

  public static final MetricSpec LAST_EPISODE_CHANGES =
      GROUP.gauge(
          "imf_update_last_episode_changes",
          "Settings that differ from those before the last closed episode, as far as they were read"
              + " on both sides; one that is as before again does not count. Absent for a kind that was"
              + " not.",
          "QueryServiceConfig, QueryServiceConfig2, performance counters, modules of inetinfo.exe,"
              + " registry, SMTP",
          EPISODE,
          Label.of("kind", SettingKind.class));

  private UpdateMetrics() {}
}
