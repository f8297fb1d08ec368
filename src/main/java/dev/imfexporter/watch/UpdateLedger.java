package dev.imfexporter.watch;

import dev.imfexporter.reading.Definition;
import dev.imfexporter.reading.DefinitionVersion;
import dev.imfexporter.reading.Meaning;
import dev.imfexporter.reading.UpdateKind;
import dev.imfexporter.watch.Episode.Sign;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Turns readings of the definition and events of installers into the signs of updates. Pure, and to
 * be fed by one thread at a time.
 *
 * <p>What a first look finds is a marker, but news only if it is no older than {@link #RECENT}: a
 * folder that has been there for years tells of no update that anybody should follow. A version
 * that differs from the one in the facts of an earlier run is news whatever its age: it came while
 * nobody watched.
 */
final class UpdateLedger {
  /** The time after a marker in which outages belong to it. */
  static final Duration RECENT = Duration.ofMinutes(30);

  private static final int TITLE_LENGTH = 80;

  private final Map<Slot, Sign> markers = new TreeMap<>();
  private final Map<Marker, UpdateFact.VersionSeen> versions = new EnumMap<>(Marker.class);
  private final List<UpdateFact> facts = new ArrayList<>();
  private @Nullable DefinitionVersion newest;
  private boolean readBefore;
  private long changes;

  private record Slot(Marker marker, UpdateKind update) implements Comparable<Slot> {
    @Override
    public int compareTo(Slot other) {
      int order = marker.compareTo(other.marker);
      return order == 0 ? update.compareTo(other.update) : order;
    }
  }

  /** Takes a fact of an earlier run into account. */
  void replay(UpdateFact fact) {
    if (fact instanceof UpdateFact.MarkerSeen seen) {
      mark(seen.sign());
    } else if (fact instanceof UpdateFact.VersionSeen seen) {
      UpdateFact.VersionSeen before = versions.put(seen.witness(), seen);
      boolean changed = before != null && !before.version().equals(seen.version());
      if (newest == null || changed || seen.changes() > changes) {
        newest = seen.version();
      }
      changes = Math.max(changes, seen.changes());
      readBefore = true;
    }
  }

  /**
   * Takes a reading into account.
   *
   * @param axis from the host's clock to the exporter's
   * @param seen stands in for the time of a registry change that the host does not date
   * @return what is news, to be told to {@link EpisodeTracker#observe(Sign)}
   */
  List<Sign> observe(Definition definition, UnaryOperator<Instant> axis, Instant seen) {
    List<Sign> news = new ArrayList<>();
    definition
        .registered()
        .flatMap(key -> witness(Marker.REGISTRY, key.version(), key.written(), axis, seen))
        .ifPresent(news::add);
    definition
        .folder()
        .flatMap(
            folder ->
                witness(Marker.FOLDER, folder.version(), Optional.of(folder.created()), axis, seen))
        .ifPresent(news::add);
    readBefore = true;
    return news;
  }

  /**
   * Takes an event into account; only an {@link Meaning.UpdateStep} tells of an update, and of its
   * steps the wish for a reboot is none.
   *
   * @param at by the exporter's clock
   * @return what is news, as above
   */
  Optional<Sign> observe(Meaning meaning, Instant at) {
    if (!(meaning instanceof Meaning.UpdateStep step)) {
      return Optional.empty();
    }
    Optional<Marker> marker =
        switch (step.step()) {
          case BEGUN -> Optional.of(Marker.BEGUN);
          case INSTALLED -> Optional.of(Marker.INSTALLED);
          case FAILED -> Optional.of(Marker.FAILED);
          case REBOOT_NEEDED -> Optional.empty();
        };
    Optional<Sign> sign =
        marker.map(m -> new Sign(m, step.update(), at, step.kb().orElse(""), cut(step), false));
    sign.ifPresent(this::remember);
    return sign;
  }

  private Optional<Sign> witness(
      Marker marker,
      DefinitionVersion version,
      Optional<Instant> dated,
      UnaryOperator<Instant> axis,
      Instant seen) {
    UpdateFact.VersionSeen before = versions.get(marker);
    boolean changed = readBefore && (before == null || !before.version().equals(version));
    // Compared as the host has it: on our axis, it moves with every measurement of the host's
    // clock.
    boolean rewritten =
        before != null && dated.isPresent() && !dated.equals(before.dated()) && !changed;
    boolean first = before == null && !readBefore;
    if (!changed && !rewritten && !first) {
      return Optional.empty();
    }
    boolean unheardOf = changed && !version.equals(newest);
    // Both witnesses tell of the same update, one after the other: it counts with the first.
    changes += unheardOf ? 1 : 0;
    if (changed || newest == null) {
      newest = version;
    }
    UpdateFact.VersionSeen now = new UpdateFact.VersionSeen(marker, version, dated, changes);
    versions.put(marker, now);
    facts.add(now);
    boolean back = before != null && version.compareTo(before.version()) < 0;
    if (back && marker == Marker.FOLDER) {
      // The newer folder is gone: nothing appeared, but somebody took the update back.
      return Optional.of(sign(marker, version, seen, true));
    }
    Optional<Instant> at =
        dated.isPresent() ? dated.map(axis) : changed ? Optional.of(seen) : Optional.empty();
    Optional<Sign> sign = at.map(when -> sign(marker, version, when, back));
    sign.ifPresent(this::remember);
    boolean known = before != null || unheardOf;
    return sign.filter(s -> known || !s.at().plus(RECENT).isBefore(seen));
  }

  private static Sign sign(Marker marker, DefinitionVersion version, Instant at, boolean back) {
    return new Sign(marker, UpdateKind.DEFINITION, at, version.text(), version.text(), back);
  }

  private void remember(Sign sign) {
    facts.add(new UpdateFact.MarkerSeen(sign));
    mark(sign);
  }

  private void mark(Sign sign) {
    markers.merge(
        new Slot(sign.marker(), sign.update()), sign, (a, b) -> b.at().isAfter(a.at()) ? b : a);
  }

  private static String cut(Meaning.UpdateStep step) {
    String title = step.title().strip();
    return title.length() <= TITLE_LENGTH ? title : title.substring(0, TITLE_LENGTH);
  }

  /** What is known by now. */
  UpdateHistory history() {
    return new UpdateHistory(List.copyOf(markers.values()), changes);
  }

  /** The facts since this was last asked. */
  List<UpdateFact> takeFacts() {
    List<UpdateFact> taken = List.copyOf(facts);
    facts.clear();
    return taken;
  }

  /** Facts that stand for all so far. */
  List<UpdateFact> snapshot() {
    List<UpdateFact> all = new ArrayList<>(markers.size() + versions.size());
    markers.values().forEach(sign -> all.add(new UpdateFact.MarkerSeen(sign)));
    versions.values().stream()
        .sorted(Comparator.comparing(seen -> !seen.version().equals(newest)))
        .forEach(all::add);
    return all;
  }
}
