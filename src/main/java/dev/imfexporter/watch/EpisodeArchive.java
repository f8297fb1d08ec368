package dev.imfexporter.watch;

import dev.imfexporter.watch.Episode.Outcome;
import dev.imfexporter.watch.Episode.Sign;
import dev.imfexporter.watch.UpdateFact.EpisodesClosed;
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

/** The episodes that are over: the newest one by one, all of them as totals. */
final class EpisodeArchive {
  private static final int MOST = 200;
  private static final Duration LONGEST = Duration.ofDays(400);

  /** A sign that names the same update belongs to it for so long after its end. */
  private static final Duration NAMED = Duration.ofDays(1);

  private final TreeMap<Long, Episode> kept = new TreeMap<>();
  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private long last;
  private long recoveries;
  private Duration recoveryTime = Duration.ZERO;

  EpisodeArchive() {
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(outcome, 0L);
    }
  }

  /** Takes an episode in. It counts once; with a number that is known, it takes its place. */
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

  /** Takes the totals of an earlier run. */
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

  /** Whether one of them has this sign. */
  boolean knows(Sign sign) {
    return newest(episode -> episode.markers().stream().anyMatch(s -> EpisodeParts.same(s, sign)))
        .isPresent();
  }

  /** The episode that this sign belongs to, though it came late, with it; empty for none. */
  Optional<Episode> with(Sign sign) {
    return newest(episode -> late(episode, sign)).map(e -> EpisodeParts.with(e, sign));
  }

  /** The episode that has this outage, with what is known of it now; empty for none. */
  Optional<Episode> with(Outage told) {
    for (Episode episode : kept.descendingMap().values()) {
      for (Outage known : episode.outages()) {
        if (EpisodeParts.same(known, known.ended().or(episode::closed), told)) {
          return Optional.of(EpisodeParts.with(episode, known, told));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Episode> newest(Predicate<Episode> wanted) {
    return kept.descendingMap().values().stream().filter(wanted).findFirst();
  }

  private static boolean late(Episode episode, Sign sign) {
    Instant closed = closed(episode);
    if (sign.at().isBefore(episode.began().minus(EpisodeDraft.AFTER))) {
      return false;
    }
    if (sign.at().isBefore(closed)) {
      return true;
    }
    if (sign.marker() == Marker.BEGUN || sign.back()) {
      return false;
    }
    if (episode.markers().stream().anyMatch(s -> named(s, sign))) {
      return !sign.at().isAfter(closed.plus(NAMED));
    }
    return sign.marker() != Marker.FOLDER
        && episode.markers().stream().anyMatch(s -> s.update() == sign.update())
        && !sign.at().isAfter(closed.plus(EpisodeDraft.AFTER));
  }

  /** An article is the same for every release of the definition; the title is not. */
  private static boolean named(Sign known, Sign sign) {
    return !sign.id().isEmpty()
        && known.update() == sign.update()
        && known.id().equals(sign.id())
        && known.title().equals(sign.title());
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
