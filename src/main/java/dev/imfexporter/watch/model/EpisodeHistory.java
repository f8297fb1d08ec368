package dev.imfexporter.watch.model;

import dev.imfexporter.watch.model.Episode.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The episodes of a host.
 *
 * @param present the one that is not over; empty when there is none
 * @param closed the newest of those that are over, oldest first
 * @param outcomes how many ended in which way, all that ever were; each outcome has a number
 * @param recoveries how many of them have a recovery time
 * @param recoveryTime the sum of these
 * @param changes what was different after an episode, by its number; of those that could be
 *     compared, and of those that still may be as far as is known
 */
public record EpisodeHistory(
    Optional<Episode> present,
    List<Episode> closed,
    Map<Outcome, Long> outcomes,
    long recoveries,
    Duration recoveryTime,
    Map<Long, UpdateChanges> changes) {
  public EpisodeHistory {
    closed = List.copyOf(closed);
    outcomes = new EnumMap<>(outcomes);
    changes = Map.copyOf(changes);
  }

  /** Nothing was compared. */
  public EpisodeHistory(
      Optional<Episode> present,
      List<Episode> closed,
      Map<Outcome, Long> outcomes,
      long recoveries,
      Duration recoveryTime) {
    this(present, closed, outcomes, recoveries, recoveryTime, Map.of());
  }

  /** The same with what was different after each episode. */
  public EpisodeHistory with(Map<Long, UpdateChanges> compared) {
    return new EpisodeHistory(present, closed, outcomes, recoveries, recoveryTime, compared);
  }

  /** The same with accounts and commands masked, for readers outside the house. */
  public EpisodeHistory masked() {
    return with(
        changes.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, of -> of.getValue().masked())));
  }

  /** What was different after an episode; empty if it could not be compared. */
  public Optional<UpdateChanges> changes(Episode episode) {
    return Optional.ofNullable(changes.get(episode.number()));
  }

  /** The same history with all times converted. */
  public EpisodeHistory on(UnaryOperator<Instant> clock) {
    return new EpisodeHistory(
        present.map(episode -> episode.on(clock)),
        closed.stream().map(episode -> episode.on(clock)).toList(),
        outcomes,
        recoveries,
        recoveryTime,
        changes.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, of -> of.getValue().on(clock))));
  }

  /** Those that are kept, over or not, the lowest number first. */
  public List<Episode> all() {
    return Stream.concat(closed.stream(), present.stream()).toList();
  }

  /** The one of that number; empty if it is not kept. */
  public Optional<Episode> find(long number) {
    return all().stream().filter(episode -> episode.number() == number).findFirst();
  }

  /** The newest, over or not. */
  public Optional<Episode> newest() {
    return present.or(this::last);
  }

  /** The newest in which mail was halted and was verified afterwards, over or not. */
  public Optional<Episode> lastRecoveredHalt() {
    return all().stream()
        .filter(episode -> episode.halted() && episode.verified().isPresent())
        .reduce((first, second) -> second);
  }

  /** The newest that is over. */
  public Optional<Episode> last() {
    return closed.isEmpty() ? Optional.empty() : Optional.of(closed.get(closed.size() - 1));
  }
}
