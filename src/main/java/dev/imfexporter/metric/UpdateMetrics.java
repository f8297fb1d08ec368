package dev.imfexporter.metric;

import static dev.imfexporter.metric.MetricSpec.Label.free;
import static dev.imfexporter.metric.MetricSpec.Label.oneOf;
import static dev.imfexporter.metric.MetricSpec.counter;
import static dev.imfexporter.metric.MetricSpec.gauge;

import dev.imfexporter.metric.MetricSpec.Label;
import java.util.List;

/** Updates and what became of mail flow around them. */
public final class UpdateMetrics {
  private static final String SELF = "this exporter";
  private static final Label EPISODE = free("episode");
  private static final Label OUTCOME =
      oneOf(
          "outcome",
          "unaffected",
          "recovered",
          "recovered_slowly",
          "recovered_after_halt",
          "rolled_back",
          "unknown");
  private static final Label STARTED_BY =
      oneOf("started_by", "none", "recovery_action", "boot", "administrator", "unattributed");

  public static final MetricSpec LAST_UPDATE =
      gauge(
          "imf_update_last_info",
          "1 with the article and the title (cut at 80 characters) of the last update that an"
              + " installer told of; updates that come daily are left out.",
          "System log, Windows Update Agent, WindowsUpdateClient, Servicing",
          free("kb"),
          free("title"));
  public static final MetricSpec EPISODE_STATE =
      gauge(
          "imf_update_episode_state",
          "Where the present episode of an update stands: 1 for the state that holds.",
          SELF,
          oneOf("state", "idle", "open", "verifying", "halted"));
  public static final MetricSpec EPISODES =
      counter(
          "imf_update_episodes_total",
          "Episodes of updates that are over, by outcome.",
          SELF,
          OUTCOME);
  public static final MetricSpec RECOVERY_DURATION =
      new MetricSpec(
          "imf_update_recovery_duration_seconds",
          MetricType.SUMMARY,
          "From the first outage of an episode until mail flow was verified.",
          List.of(),
          SELF);
  public static final MetricSpec LAST_EPISODE =
      gauge(
          "imf_update_last_episode_info",
          "1 with the outcome of the last episode that is over, and who ended its outages as far as"
              + " there is evidence; none if there was no outage.",
          SELF,
          EPISODE,
          oneOf("kind", "definition", "windows"),
          OUTCOME,
          STARTED_BY);
  public static final MetricSpec LAST_EPISODE_TIMES =
      gauge(
          "imf_update_last_episode_timestamp_seconds",
          "When the last episode that is over began, when the first service left RUNNING, when mail"
              + " flow was verified, and when the episode was closed, as Unix time.",
          SELF,
          EPISODE,
          oneOf("phase", "began", "down", "verified", "closed"));
  public static final MetricSpec LAST_EPISODE_OUTAGE =
      gauge(
          "imf_update_last_episode_outage_seconds",
          "How long each service was out in the last episode that is over, all its outages added up.",
          SELF,
          EPISODE,
          free("name"));

  static final List<MetricSpec> ALL =
      List.of(
          LAST_UPDATE,
          EPISODE_STATE,
          EPISODES,
          RECOVERY_DURATION,
          LAST_EPISODE,
          LAST_EPISODE_TIMES,
          LAST_EPISODE_OUTAGE);

  private UpdateMetrics() {}
}
