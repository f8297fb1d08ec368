package dev.imfexporter.exposition;

import static dev.imfexporter.metric.UpdateMetrics.EPISODES;
import static dev.imfexporter.metric.UpdateMetrics.EPISODE_STATE;
import static dev.imfexporter.metric.UpdateMetrics.LAST_EPISODE;
import static dev.imfexporter.metric.UpdateMetrics.LAST_EPISODE_OUTAGE;
import static dev.imfexporter.metric.UpdateMetrics.LAST_EPISODE_TIMES;
import static dev.imfexporter.metric.UpdateMetrics.RECOVERY_DURATION;

import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.EpisodeHistory;
import dev.imfexporter.watch.model.StartedBy;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** What became of updates. */
final class EpisodeFamilies {
  private EpisodeFamilies() {}

  static void add(Families families, EpisodeHistory episodes) {
    families
        .of(EPISODE_STATE)
        .states(episodes.present().map(episode -> episode.state().word()).orElse("idle"));
    episodes
        .outcomes()
        .forEach((outcome, count) -> families.of(EPISODES).add((double) count, outcome.word()));
    families.of(RECOVERY_DURATION).summary(episodes.recoveries(), episodes.recoveryTime());
    episodes.last().ifPresent(episode -> last(families, episode));
  }

  private static void last(Families families, Episode episode) {
    String number = Long.toString(episode.number());
    families
        .of(LAST_EPISODE)
        .add(
            1,
            number,
            episode.update().word(),
            episode.outcome().map(Episode.Outcome::word).orElse("unknown"),
            episode.startedBy().map(StartedBy::word).orElse("none"));
    Family times = families.of(LAST_EPISODE_TIMES);
    times.add(episode.began(), number, "began");
    if (!episode.outages().isEmpty()) {
      times.add(episode.outages().get(0).began(), number, "down");
    }
    episode.verified().ifPresent(at -> times.add(at, number, "verified"));
    episode.closed().ifPresent(at -> times.add(at, number, "closed"));
    Map<String, Duration> out = new TreeMap<>();
    episode
        .outages()
        .forEach(
            outage ->
                outage
                    .total()
                    .ifPresent(total -> out.merge(outage.service(), total, Duration::plus)));
    out.forEach((service, total) -> families.of(LAST_EPISODE_OUTAGE).add(total, number, service));
  }
}
