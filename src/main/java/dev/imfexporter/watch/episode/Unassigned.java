package dev.imfexporter.watch.episode;

import dev.imfexporter.watch.model.Boot;
import dev.imfexporter.watch.model.Downtime.Span;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.OutageId;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Evidence that is not part of an episode, or of which a later episode may also be made. Not
 * thread-safe.
 */
final class Unassigned {
  private static final int MOST_GAPS = 20;

  private static final Comparator<OutageId> ORDER =
      Comparator.comparing(OutageId::service).thenComparing(OutageId::number);

  private final Map<OutageId, Outage> outages = new TreeMap<>(ORDER);
  private final List<Span> unwatched = new ArrayList<>();
  private List<UpdateMarker> markers = List.of();
  private List<Boot> boots = List.of();
  private Set<OutageId> unsettled = Set.of();

  /** In the order of time. */
  List<UpdateMarker> markers() {
    return markers;
  }

  /** Adds a marker that is not among the markers yet. */
  void add(UpdateMarker marker) {
    if (markers.stream().anyMatch(known -> Evidence.isSame(known, marker))) {
      return;
    }
    List<UpdateMarker> all = new ArrayList<>(markers);
    all.add(marker);
    all.sort(Comparator.comparing(UpdateMarker::at));
    markers = List.copyOf(all);
  }

  void remove(UpdateMarker marker) {
    List<UpdateMarker> others = new ArrayList<>(markers);
    others.remove(marker);
    markers = List.copyOf(others);
  }

  @Nullable UpdateMarker takeOldestMarker() {
    if (markers.isEmpty()) {
      return null;
    }
    UpdateMarker oldest = markers.get(0);
    markers = markers.subList(1, markers.size());
    return oldest;
  }

  /** In the order of their begins. */
  List<Outage> outages() {
    return outages.values().stream().sorted(Comparator.comparing(Outage::began)).toList();
  }

  /** When an outage began that opens another episode with the markers of the newest one. */
  Optional<Instant> reopening(Episode newest, Instant now) {
    return outages().stream()
        .map(Outage::began)
        .filter(began -> EpisodeRules.reopens(newest, began, markers, now))
        .findFirst();
  }

  void add(Outage outage) {
    outages.put(outage.id(), outage);
  }

  /**
   * Takes back the outages that were over before the installer began, which a marker that came late
   * has shown; returns the episode without them.
   */
  OpenEpisode takeBack(OpenEpisode episode) {
    Evidence evidence = episode.evidence();
    for (Outage outage : episode.outages()) {
      if (episode.isAfter(outage)) {
        evidence = evidence.without(outage.id());
        add(outage);
      }
    }
    return episode.with(evidence);
  }

  void remove(OutageId id) {
    outages.remove(id);
  }

  /** The begins of the outages that last, by service. */
  Map<String, Instant> openSince() {
    Map<String, Instant> began = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Outage outage : outages.values()) {
      if (outage.ended().isEmpty()) {
        began.put(outage.service(), outage.began());
      }
    }
    return began;
  }

  /**
   * Removes the outages that were unsettled at the last call and are neither of both now.
   *
   * @return those of them that were merged with another outage of their service
   */
  List<OutageId> removeMerged(Collection<Outage> current, Collection<Outage> settled) {
    Set<OutageId> gone = new HashSet<>(unsettled);
    Set<OutageId> ids = new HashSet<>();
    current.forEach(outage -> ids.add(outage.id()));
    unsettled = ids;
    gone.removeAll(ids);
    settled.forEach(outage -> gone.remove(outage.id()));
    gone.forEach(outages::remove);
    return gone.stream()
        .filter(id -> current.stream().anyMatch(o -> o.service().equals(id.service())))
        .toList();
  }

  List<Boot> boots() {
    return boots;
  }

  void add(Boot boot) {
    boots = Evidence.added(boots, boot);
  }

  /** Times that neither polls nor an event log cover; the newest ones. */
  List<Span> unwatched() {
    return unwatched;
  }

  void addUnwatched(Span gap) {
    unwatched.add(gap);
    if (unwatched.size() > MOST_GAPS) {
      unwatched.remove(0);
    }
  }

  void forgetBefore(Instant old, boolean open) {
    outages.values().removeIf(o -> o.ended().filter(end -> end.isBefore(old)).isPresent());
    if (boots.stream().anyMatch(boot -> boot.up().isBefore(old))) {
      boots = boots.stream().filter(boot -> !boot.up().isBefore(old)).toList();
    }
    unwatched.removeIf(gap -> gap.until().isBefore(old) && !open);
  }

  /** Whether a marker or an outage that lasts may begin an episode. */
  boolean isActive() {
    return !markers.isEmpty() || outages.values().stream().anyMatch(o -> o.ended().isEmpty());
  }
}
