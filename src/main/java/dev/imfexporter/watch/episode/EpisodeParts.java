package dev.imfexporter.watch.episode;

import dev.imfexporter.reading.UpdateKind;
import dev.imfexporter.watch.model.Boot;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.OutageId;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The markers, outages and boots of an episode, each in the order of time. */
final class EpisodeParts {
  /**
   * A marker that is reported twice has two times, when the host's clock was measured in between.
   */
  private static final Duration REDATED = Duration.ofMinutes(2);

  private static final Comparator<UpdateMarker> IN_TIME =
      Comparator.comparing(UpdateMarker::at)
          .thenComparing(UpdateMarker::marker)
          .thenComparing(UpdateMarker::id);

  private final List<UpdateMarker> markers = new ArrayList<>();
  private final List<Outage> outages = new ArrayList<>();
  private final List<Boot> boots = new ArrayList<>();

  void add(UpdateMarker m) {
    if (markers.stream().noneMatch(known -> same(known, m))) {
      markers.add(m);
      markers.sort(IN_TIME);
    }
  }

  /** Adds an outage, or replaces the one with its id. */
  void add(Outage outage) {
    // Outages of older journals have no number of their own.
    if (outage.number() != 0) {
      remove(outage.id());
    }
    outages.add(outage);
    outages.sort(Comparator.comparing(Outage::began).thenComparing(Outage::service));
  }

  void remove(OutageId id) {
    outages.removeIf(known -> known.id().equals(id));
  }

  boolean has(OutageId id) {
    return outages.stream().anyMatch(known -> known.id().equals(id));
  }

  /** Adds a boot; of one that is reported twice, the orderly shutdown is kept. */
  void add(Boot boot) {
    Boot added = boot;
    for (Boot known : List.copyOf(boots)) {
      if (same(known, boot)) {
        boots.remove(known);
        added = known.orderly() ? known : new Boot(boot.down(), known.up(), boot.orderly());
      }
    }
    boots.add(added);
    boots.sort(Comparator.comparing(Boot::up));
  }

  void forgetBootsBefore(Instant old) {
    boots.removeIf(boot -> boot.up().isBefore(old));
  }

  List<UpdateMarker> markers() {
    return Collections.unmodifiableList(markers);
  }

  List<Outage> outages() {
    return Collections.unmodifiableList(outages);
  }

  List<Boot> boots() {
    return Collections.unmodifiableList(boots);
  }

  Instant earliest() {
    return markers.get(0).at();
  }

  Instant latestMarker() {
    return markers.get(markers.size() - 1).at();
  }

  /** Whether an installer began and has not yet said how it ended. */
  boolean underWay() {
    return markers.stream().anyMatch(m -> m.marker() == MarkerType.BEGUN && !ended(m));
  }

  private boolean ended(UpdateMarker begun) {
    return markers.stream()
        .filter(m -> m.update() == begun.update() && !m.at().isBefore(begun.at()))
        .anyMatch(
            m ->
                switch (m.marker()) {
                  case INSTALLED, FAILED ->
                      m.id().equals(begun.id()) && m.title().equals(begun.title());
                  case REGISTRY -> true;
                  case BEGUN, FOLDER -> false;
                });
  }

  static boolean same(UpdateMarker one, UpdateMarker other) {
    return one.marker() == other.marker()
        && one.update() == other.update()
        && one.id().equals(other.id())
        && one.title().equals(other.title())
        && Duration.between(one.at(), other.at()).abs().compareTo(REDATED) <= 0;
  }

  static boolean same(Boot one, Boot other) {
    return Duration.between(one.up(), other.up()).abs().compareTo(REDATED) <= 0;
  }

  /** What was updated; a definition when both were. */
  static UpdateKind update(List<UpdateMarker> markers) {
    return markers.stream().anyMatch(m -> m.update() == UpdateKind.DEFINITION)
        ? UpdateKind.DEFINITION
        : UpdateKind.WINDOWS;
  }

  /** The newest title of a kind; "" when none is known. */
  static String title(List<UpdateMarker> markers, UpdateKind update) {
    return markers.stream()
        .filter(m -> m.update() == update && !m.title().isEmpty())
        .reduce((a, b) -> b)
        .map(UpdateMarker::title)
        .orElse("");
  }

  /**
   * A closed episode with a marker that was reported late. If the marker is older than all else,
   * the episode began with it; the outcome stays.
   */
  static Episode with(Episode episode, UpdateMarker late) {
    EpisodeParts parts = new EpisodeParts();
    episode.markers().forEach(parts::add);
    parts.add(late);
    UpdateKind update = update(parts.markers);
    boolean inherited = episode.markers().get(0).at().isBefore(episode.began());
    boolean first = !inherited && late.at().isBefore(episode.began());
    return replaced(
        episode,
        update,
        title(parts.markers, update),
        parts.markers,
        episode.outages(),
        first ? late.at() : episode.began());
  }

  /** A closed episode with newer evidence of one of its outages; its outcome stays. */
  static Episode with(Episode episode, Outage newer) {
    EpisodeParts parts = new EpisodeParts();
    episode.outages().forEach(parts::add);
    parts.add(newer);
    return replaced(
        episode,
        episode.update(),
        episode.title(),
        episode.markers(),
        parts.outages,
        episode.began());
  }

  private static Episode replaced(
      Episode episode,
      UpdateKind update,
      String title,
      List<UpdateMarker> markers,
      List<Outage> outages,
      Instant began) {
    return new Episode(
        episode.number(),
        update,
        title,
        markers,
        outages,
        episode.boots(),
        began,
        episode.state(),
        episode.halted(),
        episode.followed(),
        episode.verified(),
        episode.closed(),
        episode.outcome());
  }
}
