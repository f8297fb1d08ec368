package dev.imfexporter.watch.episode;

import dev.imfexporter.collector.Definition;
import dev.imfexporter.collector.DefinitionVersion;
import dev.imfexporter.collector.Meaning;
import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.watch.fact.UpdateFact;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.UpdateHistory;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Turns readings of the definition and events of installers into markers of updates. Not
 * thread-safe.
 *
 * <p>The first reading makes markers, but they are new only if an outage that begins now would
 * belong to them: a folder that has been there for years belongs to no update that is to be
 * followed. A version that differs from that of an earlier run is new at any age: it came between
 * the runs.
 */
public final class UpdateTracker {
  /** A folder that is copied and then renamed is older than it can be seen, by minutes. */
  private static final Duration COPYING = Duration.ofMinutes(10);

  private final Map<Slot, UpdateMarker> markers = new TreeMap<>();
  private final UpdateResults results = new UpdateResults();
  private final PendingUpdates pending = new PendingUpdates();
  private final Map<MarkerType, UpdateFact.VersionSeen> versions = new EnumMap<>(MarkerType.class);
  private final List<UpdateFact> facts = new ArrayList<>();
  private @Nullable DefinitionVersion newest;
  private @Nullable Instant folderRead;
  private boolean readBefore;
  private long changes;

  private record Slot(MarkerType marker, UpdateKind update) implements Comparable<Slot> {
    @Override
    public int compareTo(Slot other) {
      int order = marker.compareTo(other.marker);
      return order == 0 ? update.compareTo(other.update) : order;
    }
  }

  /** Takes a fact of an earlier run into account. */
  public void replay(UpdateFact fact) {
    if (fact instanceof UpdateFact.MarkerSeen seen) {
      mark(seen.marker());
    } else if (fact instanceof UpdateFact.VersionSeen seen) {
      UpdateFact.VersionSeen before = versions.put(seen.origin(), seen);
      boolean changed = before != null && !before.version().equals(seen.version());
      if (newest == null || changed || seen.changes() > changes) {
        newest = seen.version();
      }
      changes = Math.max(changes, seen.changes());
      readBefore = true;
    } else if (fact instanceof UpdateFact.UpdatesPending now) {
      pending.replay(now);
    }
  }

  /** An earlier run watched the host at least until then. */
  public void alive(Instant at) {
    folderRead = at;
  }

  /**
   * Takes a reading into account.
   *
   * @param axis from the host's clock to the exporter's
   * @param seen stands in for the time of a registry change that the host does not date, and of a
   *     folder that was moved, which keeps its creation time
   * @return what is news, for {@link EpisodeTracker#add(UpdateMarker)}
   */
  public List<UpdateMarker> observe(
      Definition definition, UnaryOperator<Instant> axis, Instant seen) {
    List<UpdateMarker> news = new ArrayList<>();
    definition
        .registered()
        .flatMap(key -> observe(MarkerType.REGISTRY, key.version(), key.written(), axis, seen))
        .ifPresent(news::add);
    definition
        .folder()
        .flatMap(
            folder ->
                observe(
                    MarkerType.FOLDER, folder.version(), Optional.of(folder.created()), axis, seen))
        .ifPresent(news::add);
    folderRead = definition.folder().isPresent() ? seen : folderRead;
    readBefore = true;
    return news;
  }

  /**
   * Takes an event into account, if it is about updates.
   *
   * @param at by the exporter's clock
   * @return what is news, as above
   */
  public Optional<UpdateMarker> observe(Meaning meaning, Instant at) {
    pending.observe(meaning, at).ifPresent(facts::add);
    if (!(meaning instanceof Meaning.UpdateStep step)) {
      return Optional.empty();
    }
    Optional<MarkerType> type =
        switch (step.step()) {
          case BEGUN -> Optional.of(MarkerType.BEGUN);
          case INSTALLED -> Optional.of(MarkerType.INSTALLED);
          case FAILED -> Optional.of(MarkerType.FAILED);
        };
    Optional<UpdateMarker> seen =
        type.map(
            m ->
                new UpdateMarker(
                    m,
                    step.update(),
                    at,
                    step.kb().orElse(""),
                    UpdateTitle.cut(step.title()),
                    false));
    seen.ifPresent(this::remember);
    return seen;
  }

  private Optional<UpdateMarker> observe(
      MarkerType type,
      DefinitionVersion version,
      Optional<Instant> dated,
      UnaryOperator<Instant> axis,
      Instant seen) {
    UpdateFact.VersionSeen before = versions.get(type);
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
    // Folder and registry report the same update, one after the other: it counts with the first.
    changes += unheardOf ? 1 : 0;
    if (changed || newest == null) {
      newest = version;
    }
    UpdateFact.VersionSeen now = new UpdateFact.VersionSeen(type, version, dated, changes);
    versions.put(type, now);
    facts.add(now);
    boolean back = before != null && version.compareTo(before.version()) < 0;
    if (back && type == MarkerType.FOLDER) {
      // The newer folder is gone: nothing appeared, and the update was taken back.
      return Optional.of(marker(type, version, seen, true));
    }
    Optional<Instant> at =
        dated.isPresent() ? dated.map(axis) : changed ? Optional.of(seen) : Optional.empty();
    if (type == MarkerType.FOLDER && before != null) {
      at = at.map(created -> cameThen(created, seen) ? created : seen);
    }
    Optional<UpdateMarker> marker = at.map(when -> marker(type, version, when, back));
    marker.ifPresent(this::remember);
    boolean known = before != null || unheardOf;
    return marker.filter(s -> known || !s.at().plus(UpdateMarker.AFTER).isBefore(seen));
  }

  /** Whether a folder that is seen now, and was not before, can have come when it was created. */
  private boolean cameThen(Instant created, Instant seen) {
    return !created.isAfter(seen.plus(COPYING))
        && (folderRead == null || !created.isBefore(folderRead.minus(COPYING)));
  }

  private static UpdateMarker marker(
      MarkerType type, DefinitionVersion version, Instant at, boolean back) {
    return new UpdateMarker(type, UpdateKind.DEFINITION, at, version.text(), version.text(), back);
  }

  private void remember(UpdateMarker marker) {
    facts.add(new UpdateFact.MarkerSeen(marker));
    mark(marker);
  }

  private void mark(UpdateMarker marker) {
    markers.merge(
        new Slot(marker.marker(), marker.update()),
        marker,
        (a, b) -> b.at().isAfter(a.at()) ? b : a);
    results.add(marker);
  }

  /** Whether the newest marker of any kind is from that time. */
  public boolean hasMarker(Instant from, Instant until) {
    return markers.values().stream()
        .anyMatch(marker -> !marker.at().isBefore(from) && !marker.at().isAfter(until));
  }

  /** What is known by now. */
  public UpdateHistory history(Instant now) {
    return new UpdateHistory(
        List.copyOf(markers.values()), results.failures(), pending.at(now), changes);
  }

  /** The facts since this was last asked. */
  public List<UpdateFact> takeFacts() {
    List<UpdateFact> taken = List.copyOf(facts);
    facts.clear();
    return taken;
  }

  /** Facts that stand for all so far. */
  public List<UpdateFact> snapshot() {
    // The newest marker of a kind is, as a rule, also the newest result of its update.
    Set<UpdateMarker> distinct = new LinkedHashSet<>(markers.values());
    distinct.addAll(results.all());
    List<UpdateFact> all = new ArrayList<>();
    distinct.forEach(marker -> all.add(new UpdateFact.MarkerSeen(marker)));
    versions.values().stream()
        .sorted(Comparator.comparing(seen -> !seen.version().equals(newest)))
        .forEach(all::add);
    pending.fact().ifPresent(all::add);
    return all;
  }
}
