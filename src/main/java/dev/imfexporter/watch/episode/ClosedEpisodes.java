package dev.imfexporter.watch.episode;

import dev.imfexporter.watch.fact.UpdateFact;
import dev.imfexporter.watch.fact.UpdateFact.EpisodesClosed;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.Episode.Outcome;
import dev.imfexporter.watch.model.EpisodeHistory;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.OutageId;
import dev.imfexporter.watch.model.Retention;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/** The closed episodes: the newest one by one, all of them as totals. */
final class ClosedEpisodes {
  private final Retention retention;
  private final TreeMap<Long, Episode> kept = new TreeMap<>();
  private final Sealing sealing = new Sealing();
  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private long last;
  private long recoveries;
  private Duration recoveryTime = Duration.ZERO;

  ClosedEpisodes(Retention retention) {
    this.retention = retention;
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(outcome, 0L);
    }
  }

  /**
   * Adds an episode and counts it; one with a known number is replaced and not counted again.
   *
   * @return false if it was known as it is
   */
  boolean put(Episode episode) {
    if (episode.number() > last) {
      last = episode.number();
      episode.outcome().ifPresent(outcome -> outcomes.merge(outcome, 1L, Long::sum));
      if (!episode.outcome().equals(Optional.of(Outcome.UNKNOWN))) {
        episode.recovery().ifPresent(this::recovered);
      }
    }
    boolean news = !episode.equals(kept.put(episode.number(), episode));
    Instant oldest = closed(kept.lastEntry().getValue()).minus(retention.age());
    while (kept.size() > retention.count()
        || closed(kept.firstEntry().getValue()).isBefore(oldest)) {
      kept.pollFirstEntry();
    }
    return news;
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

  /** The number of the oldest that is kept; 0 when there is none. */
  long first() {
    return kept.isEmpty() ? 0 : kept.firstKey();
  }

  Optional<Episode> newest() {
    return kept.isEmpty() ? Optional.empty() : Optional.of(kept.lastEntry().getValue());
  }

  /** Whether one of them has this marker. */
  boolean has(UpdateMarker marker) {
    return newest(episode -> Evidence.of(episode).has(marker)).isPresent();
  }

  /**
   * The episode to which a late marker belongs, with the marker; empty for none. If the marker is
   * older than all else, the episode began with it; the outcome stays. An episode that is sealed
   * stays as it is, unless the marker is later than that.
   */
  Optional<Episode> with(UpdateMarker marker) {
    return newest(episode -> EpisodeRules.joinsLate(episode, marker))
        .map(episode -> with(episode, marker));
  }

  private static Episode with(Episode episode, UpdateMarker late) {
    if (episode.sealed().filter(at -> !late.at().isAfter(at)).isPresent()) {
      return episode;
    }
    Evidence evidence = Evidence.of(episode);
    boolean inherited = evidence.firstMarker().isBefore(episode.began());
    boolean first = !inherited && late.at().isBefore(episode.began());
    return evidence.with(late).replaceIn(episode, first ? late.at() : episode.began());
  }

  /** The newest episode that has this outage. */
  Optional<Episode> with(OutageId id) {
    return newest(episode -> Evidence.of(episode).has(id));
  }

  /**
   * The newest episode that has this outage, with its newer evidence unless it is sealed; the
   * outcome stays.
   */
  Optional<Episode> with(Outage outage) {
    return with(outage.id())
        .map(
            of ->
                of.sealed().isPresent() || of.outages().contains(outage)
                    ? of
                    : Evidence.of(of).with(outage).replaceIn(of, of.began()));
  }

  /** Those that are sealed now. */
  List<Episode> due(LongPredicate compared, Instant now) {
    return sealing.due(kept.values(), compared, now);
  }

  private Optional<Episode> newest(Predicate<Episode> wanted) {
    return kept.descendingMap().values().stream().filter(wanted).findFirst();
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
