package dev.imfexporter.watch;

import dev.imfexporter.watch.Episode.Outcome;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The episodes of a host.
 *
 * @param present the one that is not over; empty when there is none
 * @param closed the newest of those that are over, oldest first
 * @param outcomes how many ended in which way, all that ever were; each outcome has a number
 * @param recoveries how many of them have a recovery time
 * @param recoveryTime the sum of these
 */
public record EpisodeHistory(
    Optional<Episode> present,
    List<Episode> closed,
    Map<Outcome, Long> outcomes,
    long recoveries,
    Duration recoveryTime) {
  public EpisodeHistory {
    closed = List.copyOf(closed);
    outcomes = new EnumMap<>(outcomes);
  }

  /** The newest that is over. */
  public Optional<Episode> last() {
    return closed.isEmpty() ? Optional.empty() : Optional.of(closed.get(closed.size() - 1));
  }
}
