package dev.imfexporter.watch.episode;

import dev.imfexporter.watch.model.Episode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/**
 * When the evidence of a closed episode becomes final: once nothing of it has changed for an hour
 * in which the host and its event logs were read. Each run of the program waits for that hour anew.
 * Not thread-safe.
 */
final class Sealing {
  /** Longer than event logs and settings of a host that is watched are behind. */
  private static final Duration UNCHANGED = Duration.ofHours(1);

  private final Map<Long, Candidate> candidates = new TreeMap<>();

  /**
   * @param since when it was first seen as it is
   */
  private record Candidate(Episode episode, Instant since) {}

  /**
   * The episodes that are sealed now.
   *
   * @param compared whether nothing more is to be compared for the episode of that number
   */
  List<Episode> due(Collection<Episode> closed, LongPredicate compared, Instant now) {
    List<Episode> sealed = new ArrayList<>();
    for (Episode episode : closed) {
      if (episode.sealed().isPresent() || !compared.test(episode.number())) {
        candidates.remove(episode.number());
        continue;
      }
      Candidate seen =
          candidates.compute(
              episode.number(),
              (number, before) ->
                  before != null && before.episode().equals(episode)
                      ? before
                      : new Candidate(episode, now));
      if (!now.isBefore(seen.since().plus(UNCHANGED))) {
        candidates.remove(episode.number());
        sealed.add(episode.sealedAt(now));
      }
    }
    return sealed;
  }
}
