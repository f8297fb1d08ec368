package dev.imfexporter.exposition;

import dev.imfexporter.metric.UpdateMetrics;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.EpisodeHistory;
import dev.imfexporter.watch.model.StartedBy;
import dev.imfexporter.watch.model.UpdateChanges;
import dev.imfexporter.watch.model.UpdateChanges.Compared;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The episodes of updates: the open one, the last closed one, and totals. */
final class EpisodeFamilies {
  private EpisodeFamilies() {}

  static void add(Families families, EpisodeHistory episodes) {
    families
        .of(UpdateMetrics.EPISODE_STATE)
        .states(episodes.present().map(episode -> episode.state().word()).orElse("idle"));
    episodes
        .outcomes()
        .forEach(
            (outcome, count) -> families.of(UpdateMetrics.EPISODES).add(count, outcome.word()));
    families
        .of(UpdateMetrics.RECOVERY_DURATION)
        .summary(episodes.recoveries(), episodes.recoveryTime());
    episodes
        .lastRecoveredHalt()
        .ifPresent(
            episode ->
                families
                    .of(UpdateMetrics.HALT_RECOVERED)
                    .add(
                        episode.verified(),
                        Long.toString(episode.number()),
                        episode.update().word(),
                        startedBy(episode)));
    episodes.last().ifPresent(episode -> last(families, episode));
    episodes
        .last()
        .flatMap(episodes::changes)
        .filter(UpdateChanges::complete)
        .ifPresent(changes -> changes(families, changes));
  }

  private static void changes(Families families, UpdateChanges changes) {
    Family counts = families.of(UpdateMetrics.LAST_EPISODE_CHANGES);
    for (Compared compared : changes.kinds()) {
      if (compared.known()) {
        long count =
            changes.remaining().stream().filter(change -> change.kind() == compared.kind()).count();
        counts.add(count, Long.toString(changes.episode()), compared.kind().word());
      }
    }
  }

  private static String startedBy(Episode episode) {
    return episode.startedBy().map(StartedBy::word).orElse("none");
  }

  private static void last(Families families, Episode episode) {
    String number = Long.toString(episode.number());
    families
        .of(UpdateMetrics.LAST_EPISODE)
        .add(
            1,
            number,
            episode.update().word(),
            episode.outcome().map(Episode.Outcome::word).orElse("unknown"),
            startedBy(episode));
    Family times = families.of(UpdateMetrics.LAST_EPISODE_TIMES);
    times.add(episode.began(), number, "began");
    if (!episode.outages().isEmpty()) {
      times.add(episode.outages().get(0).began(), number, "down");
    }
    times.add(episode.verified(), number, "verified");
    times.add(episode.closed(), number, "closed");
    Map<String, Duration> out = new TreeMap<>();
    episode
        .outages()
        .forEach(
            outage ->
                outage
                    .total()
                    .ifPresent(total -> out.merge(outage.service(), total, Duration::plus)));
    out.forEach(
        (service, total) ->
            families.of(UpdateMetrics.LAST_EPISODE_OUTAGE).add(total, number, service));
  }
}
