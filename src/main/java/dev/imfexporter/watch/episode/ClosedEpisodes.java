package dev.imfexporter.watch.episode;

import dev.imfexporter.watch.fact.UpdateFact;
import dev.imfexporter.watch.fact.UpdateFact.EpisodesClosed;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.Episode.Outcome;
import dev.imfexporter.watch.model.EpisodeHistory;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.OutageId;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The closed episodes: the newest one by one, all of them as totals. */
final class ClosedEpisodes {
  private static final int MOST = 200;
  private static final Duration LONGEST = Duration.ofDays(400);

  /** A marker that names the same update belongs to an episode for this time after its end. */
  private static final Duration NAMED = Duration.ofDays(1);

  private final TreeMap<Long, Episode> kept = new TreeMap<>();
  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private long last;
  private long recoveries;
  private Duration recoveryTime = Duration.ZERO;

  ClosedEpisodes() {
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(outcome, 0L);
    }
  }

  /** Adds an episode and counts it; one with a known number is replaced and not counted again. */
  void put(Episode episode) {
    if (episode.number() > last) {
      last = episode.number();
      episode.outcome().ifPresent(outcome -> outcomes.merge(outcome, 1L, Long::sum));
      if (!episode.outcome().equals(Optional.of(Outcome.UNKNOWN))) {
        episode.recovery().ifPresent(this::recovered);
      }
    }
    kept.put(episode.number(), episode);
    Instant oldest = closed(kept.lastEntry().getValue()).minus(LONGEST);
    while (kept.size() > MOST || closed(kept.firstEntry().getValue()).isBefore(oldest)) {
      kept.pollFirstEntry();
    }
  }

  private void recovered(Duration took) {
    recoveries++;
    recoveryTime = recoveryTime.plus(took);
  }

  /** Restores the totals of an earlier run. */
  void restore(EpisodesClosed totals) {
    if (totals.last() < last) {
      return;
    }
    last = totals.last();
    outcomes.putAll(totals.outcomes());
    recoveries = totals.recoveries();
    recoveryTime = totals.recoveryTime();
  }

  EpisodesClosed totals() {
    return new EpisodesClosed(last, outcomes, recoveries, recoveryTime);
  }

  /** The number of the newest; 0 when there is none. */
  long last() {
    return last;
  }

  Collection<Episode> kept() {
    return Collections.unmodifiableCollection(kept.values());
  }

  Optional<Episode> newest() {
    return kept.isEmpty() ? Optional.empty() : Optional.of(kept.lastEntry().getValue());
  }

  /** Whether one of them has this marker. */
  boolean knows(UpdateMarker marker) {
    return newest(episode -> episode.markers().stream().anyMatch(s -> EpisodeParts.same(s, marker)))
        .isPresent();
  }

  /** The episode to which a late marker belongs, with the marker; empty for none. */
  Optional<Episode> with(UpdateMarker marker) {
    return newest(episode -> late(episode, marker)).map(e -> EpisodeParts.with(e, marker));
  }

  /** The newest episode that has this outage. */
  Optional<Episode> with(OutageId id) {
    return newest(e -> e.outages().stream().anyMatch(outage -> outage.id().equals(id)));
  }

  private Optional<Episode> newest(Predicate<Episode> wanted) {
    return kept.descendingMap().values().stream().filter(wanted).findFirst();
  }

  private static boolean late(Episode episode, UpdateMarker marker) {
    Instant closed = closed(episode);
    if (marker.at().isBefore(episode.began().minus(OpenEpisode.AFTER))) {
      return false;
    }
    if (marker.at().isBefore(closed)) {
      return true;
    }
    if (marker.marker() == MarkerType.BEGUN || marker.back()) {
      return false;
    }
    if (episode.markers().stream().anyMatch(s -> named(s, marker))) {
      return !marker.at().isAfter(closed.plus(NAMED));
    }
    return marker.marker() != MarkerType.FOLDER
        && episode.markers().stream().anyMatch(s -> s.update() == marker.update())
        && !marker.at().isAfter(closed.plus(OpenEpisode.AFTER));
  }

  /** An article is the same for every release of the definition; the title is not. */
  private static boolean named(UpdateMarker known, UpdateMarker marker) {
    return !marker.id().isEmpty()
        && known.update() == marker.update()
        && known.id().equals(marker.id())
        && known.title().equals(marker.title());
  }

  EpisodeHistory history(Optional<Episode> present) {
    return new EpisodeHistory(
        present, new ArrayList<>(kept.values()), outcomes, recoveries, recoveryTime);
  }

  List<UpdateFact> snapshot() {
    List<UpdateFact> all = new ArrayList<>();
    all.add(totals());
    kept.values().forEach(episode -> all.add(new UpdateFact.EpisodeChanged(episode)));
    return all;
  }

  /** When an episode that is over was closed. */
  static Instant closed(Episode episode) {
    return episode.closed().orElse(episode.began());
  }
}
