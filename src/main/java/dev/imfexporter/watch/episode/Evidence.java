package dev.imfexporter.watch.episode;

import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.watch.model.Boot;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.OutageId;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The markers, outages and boots of an episode, each in the order of time. */
record Evidence(List<UpdateMarker> markers, List<Outage> outages, List<Boot> boots) {
  static final Evidence NONE = new Evidence(List.of(), List.of(), List.of());

  /**
   * A marker that is reported twice has two times when the host's clock was measured in between.
   */
  private static final Duration REDATED = Duration.ofMinutes(2);

  private static final Comparator<UpdateMarker> BY_TIME =
      Comparator.comparing(UpdateMarker::at)
          .thenComparing(UpdateMarker::marker)
          .thenComparing(UpdateMarker::id);

  static Evidence of(Episode episode) {
    return new Evidence(episode.markers(), episode.outages(), episode.boots());
  }

  /** Adds a marker that is not among the markers yet. */
  Evidence with(UpdateMarker marker) {
    return has(marker) ? this : new Evidence(added(markers, marker, BY_TIME), outages, boots);
  }

  /** Adds an outage, or replaces the one with its id. */
  Evidence with(Outage outage) {
    // Outages of older journals have no number of their own.
    List<Outage> others = outage.number() == 0 ? outages : without(outage.id()).outages;
    Comparator<Outage> byTime = Comparator.comparing(Outage::began).thenComparing(Outage::service);
    return new Evidence(markers, added(others, outage, byTime), boots);
  }

  Evidence without(OutageId id) {
    return new Evidence(
        markers, outages.stream().filter(known -> !known.id().equals(id)).toList(), boots);
  }

  Evidence with(Boot boot) {
    return new Evidence(markers, outages, added(boots, boot));
  }

  /** Adds a boot to others; of one that is reported twice, the orderly shutdown is kept. */
  static List<Boot> added(List<Boot> boots, Boot boot) {
    Boot added = boot;
    List<Boot> others = new ArrayList<>();
    for (Boot known : boots) {
      if (!isNear(known.up(), boot.up())) {
        others.add(known);
      } else {
        added = known.orderly() ? known : new Boot(boot.down(), known.up(), boot.orderly());
      }
    }
    return added(others, added, Comparator.comparing(Boot::up));
  }

  private static <T> List<T> added(List<T> known, T more, Comparator<T> order) {
    return Stream.concat(known.stream(), Stream.of(more)).sorted(order).toList();
  }

  boolean has(OutageId id) {
    return outages.stream().anyMatch(known -> known.id().equals(id));
  }

  boolean has(UpdateMarker marker) {
    return markers.stream().anyMatch(known -> isSame(known, marker));
  }

  /** Whether both are one marker, though it may have been dated anew. */
  static boolean isSame(UpdateMarker one, UpdateMarker other) {
    return one.marker() == other.marker()
        && isSameUpdate(one, other)
        && isNear(one.at(), other.at());
  }

  /** Whether both name one update: by title too, as all releases of the definition share an id. */
  static boolean isSameUpdate(UpdateMarker one, UpdateMarker other) {
    return one.update() == other.update()
        && one.id().equals(other.id())
        && one.title().equals(other.title());
  }

  /** Whether two markers of one origin, installer or definition, name two updates. */
  static boolean isAnotherUpdate(UpdateMarker one, UpdateMarker other) {
    return one.update() == other.update()
        && one.marker().isInstaller() == other.marker().isInstaller()
        && !isSameUpdate(one, other);
  }

  /** Whether a marker is a result of an update of which there is one already. */
  boolean hasResultBefore(UpdateMarker marker) {
    return isResult(marker)
        && markers.stream().anyMatch(known -> isResult(known) && isSameUpdate(known, marker));
  }

  private static boolean isResult(UpdateMarker marker) {
    return marker.marker() == MarkerType.INSTALLED || marker.marker() == MarkerType.FAILED;
  }

  private static boolean isNear(Instant one, Instant other) {
    return Duration.between(one, other).abs().compareTo(REDATED) <= 0;
  }

  Instant firstMarker() {
    return markers.get(0).at();
  }

  Instant lastMarker() {
    return markers.get(markers.size() - 1).at();
  }

  /** Whether an installer began and has not reported its end. */
  boolean isUnderWay() {
    return markers.stream().anyMatch(m -> m.marker() == MarkerType.BEGUN && !hasEnded(m));
  }

  /** Whether an installer reports the result of what it has begun, and has reported none yet. */
  boolean isResultOfBegun(UpdateMarker marker) {
    return isResult(marker)
        && markers.stream()
            .anyMatch(
                m ->
                    m.marker() == MarkerType.BEGUN
                        && isSameUpdate(m, marker)
                        && !marker.at().isBefore(m.at())
                        && !hasEnded(m));
  }

  private boolean hasEnded(UpdateMarker begun) {
    return markers.stream()
        .filter(m -> m.update() == begun.update() && !m.at().isBefore(begun.at()))
        .anyMatch(
            m ->
                switch (m.marker()) {
                  case INSTALLED, FAILED -> isSameUpdate(m, begun);
                  case REGISTRY -> true;
                  case BEGUN, FOLDER -> false;
                });
  }

  /** What was updated; a definition when both were. */
  UpdateKind update() {
    return markers.stream().anyMatch(m -> m.update() == UpdateKind.DEFINITION)
        ? UpdateKind.DEFINITION
        : UpdateKind.WINDOWS;
  }

  /** The newest title of the update; "" when none is known. */
  String title() {
    UpdateKind update = update();
    Optional<String> newest =
        markers.stream()
            .filter(m -> m.update() == update && !m.title().isEmpty())
            .map(UpdateMarker::title)
            .reduce((a, b) -> b);
    return newest.orElse("");
  }

  /** The title of an update that failed or was taken back; that of the newest without one. */
  String failedTitle() {
    return markers.stream()
        .filter(m -> m.update() == update() && (m.marker() == MarkerType.FAILED || m.back()))
        .map(UpdateMarker::title)
        .filter(title -> !title.isEmpty())
        .reduce((a, b) -> b)
        .orElseGet(this::title);
  }

  /**
   * A closed episode with this evidence instead of its own; its outcome stays, and its title if it
   * has one of the same kind.
   */
  Episode replaceIn(Episode closed, Instant began) {
    return new Episode(
        closed.number(),
        update(),
        closed.update() == update() && !closed.title().isEmpty() ? closed.title() : title(),
        markers,
        outages,
        boots,
        began,
        closed.state(),
        closed.halted(),
        closed.followed(),
        closed.verified(),
        closed.closed(),
        closed.outcome(),
        closed.sealed());
  }
}
