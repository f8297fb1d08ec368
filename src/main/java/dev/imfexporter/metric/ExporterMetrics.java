package dev.imfexporter.metric;

import static dev.imfexporter.metric.HostMetrics.EXPORTER;
import static dev.imfexporter.metric.HostMetrics.READING;
import static dev.imfexporter.metric.HostMetrics.RESULT;
import static dev.imfexporter.metric.MetricSpec.Label.free;

import dev.imfexporter.metric.MetricSpec.Label;
import dev.imfexporter.overview.HostOutcome;
import dev.imfexporter.overview.Rollout;
import dev.imfexporter.overview.Rollouts;

/** The program itself, on {@code /metrics} only. */
public final class ExporterMetrics {
  static final MetricGroup GROUP = new MetricGroup("The exporter");

  public static final MetricSpec BUILD_INFO =
      GROUP.gauge(
          "imf_exporter_build_info",
          "1 with the version of the exporter, the commit that it was built of and when that was made, in UTC, and the version of the Java that runs it.",
          EXPORTER,
          free("version"),
          free("revision"),
          free("build_date"),
          free("java_version"));
  public static final MetricSpec HOSTS =
      GROUP.gauge("imf_exporter_hosts", "Hosts in the configuration.", EXPORTER);
  public static final MetricSpec UPDATE_HOSTS =
      GROUP.gauge(
          "imf_update_hosts",
          "Hosts that an update has reached, by what it did to them, for %d updates of the last %d days: those to stop, and the newest; an update without a number has its title as update_id, with _ for all but letters, digits, . and -; absent for none, and with a single host in the configuration."
              .formatted(Rollouts.MOST, Rollouts.DAYS),
          "episodes of updates of all hosts",
          free("update_id"),
          Label.of("outcome", HostOutcome.class));
  public static final MetricSpec UPDATE_ROLLOUT_STOP =
      GROUP.gauge(
          "imf_update_rollout_stop",
          "1 if the update halted mail on at least %d hosts, and on at least %d %% of those that it has reached, within the last %d hours; for the same updates as imf_update_hosts."
              .formatted(Rollout.FEWEST_HALTED, Rollout.FEWEST_PERCENT, Rollout.WINDOW.toHours()),
          "episodes of updates of all hosts",
          free("update_id"));
  public static final MetricSpec STUCK_READINGS =
      GROUP.gauge(
          "imf_exporter_stuck_collectors",
          "Runs of collectors that have exceeded their time limit and have not returned.",
          EXPORTER);
  public static final MetricSpec AUTH_BLOCKED =
      GROUP.gauge(
          "imf_auth_blocked",
          "1 while the exporter does not log in with the account, on a host that refused it or on any"
              + " host.",
          EXPORTER,
          free("auth"));
  public static final MetricSpec JOURNAL_WRITABLE =
      GROUP.gauge(
          "imf_journal_writable",
          "1 if the last facts could be written to disk; when 0, the log has the reason.",
          EXPORTER);
  public static final MetricSpec RELOAD_SUCCESSFUL =
      GROUP.gauge(
          "imf_exporter_config_last_reload_successful",
          "1 if the last attempt to load the configuration succeeded.",
          EXPORTER);
  public static final MetricSpec RELOAD_TIMESTAMP =
      GROUP.gauge(
          "imf_exporter_config_last_reload_success_timestamp_seconds",
          "When the configuration was last loaded successfully, as Unix time.",
          EXPORTER);
  public static final MetricSpec WEB_CONFIG_SUCCESSFUL =
      GROUP.gauge(
          "imf_exporter_web_config_last_reload_successful",
          "1 if the file of --web.config.file and its certificates are in use as they are now; absent without the flag.",
          EXPORTER);
  public static final MetricSpec WEB_CERTIFICATE_NOT_AFTER =
      GROUP.gauge(
          "imf_exporter_web_certificate_not_after_timestamp_seconds",
          "When the certificate ends with which the exporter answers, as Unix time; absent without TLS.",
          EXPORTER);
  public static final MetricSpec CALL_DURATION =
      GROUP.summary(
          "imf_exporter_collector_duration_seconds",
          "Runs of collectors that ended, including those that ended after their time limit.",
          EXPORTER,
          READING,
          RESULT);
  public static final MetricSpec REQUEST_DURATION =
      GROUP.summary(
          "imf_exporter_http_request_seconds",
          "HTTP requests that were answered.",
          EXPORTER,
          free("route"),
          free("method"),
          free("status"));

  private ExporterMetrics() {}
}
