package dev.imfexporter.watch.episode;

import dev.imfexporter.watch.fact.UpdateFact;
import dev.imfexporter.watch.fact.UpdateFact.EpisodeChanged;
import dev.imfexporter.watch.model.Boot;
import dev.imfexporter.watch.model.Downtime;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.EpisodeHistory;
import dev.imfexporter.watch.model.Limits;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.OutageId;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
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
 * Combines markers of updates and outages to episodes, and follows each episode to its end. All
 * times are on the axis of {@link dev.imfexporter.watch.clock.HostTime}. Not thread-safe.
 *
 * <p>Markers, outages and boots may be added in any order; {@link #advance} then draws the
 * conclusions. One episode is open at a time:
 *
 * <ul>
 *   <li>A marker opens an episode; an outage alone does not. Outages that begin from 10 min before
 *       to 30 min after a marker belong to the episode of the marker, as do those that begin while
 *       mail stands still in it, or within 2 min after everything ran again.
 *   <li>A marker joins the open episode while mail stands still in it, and otherwise within 30 min
 *       of its newest marker or outage. A later marker ends an episode that is held open only by a
 *       service that stays down, as unknown, and opens its own.
 *   <li>An episode with outages is closed 2 min after everything runs again and mail was verified;
 *       while an installer has begun and not reported its end, until 30 min after the newest
 *       marker. Without an outage it is closed 30 min after its newest marker.
 *   <li>A marker that an update reports late (registry, installed, failed, or its folder) joins the
 *       closed episode: within 30 min of it, or within a day when it names the same update. The
 *       outcome stays as it is.
 *   <li>An outage after the end, but in the 30 min after a marker, opens another episode with the
 *       markers of the former one when no marker of its own comes in 10 min.
 *   <li>An episode of a host that cannot be read stays as it is, and after a day ends as unknown.
 * </ul>
 */
public final class EpisodeTracker {
  private static final Duration ABANDONED = Duration.ofDays(1);

  /** Longer than any delay between an event and its report while the host is watched. */
  private static final Duration REMEMBERED = Duration.ofHours(2);

  private static final int MOST_GAPS = 20;

  private final Limits limits;
  private final ClosedEpisodes closed = new ClosedEpisodes();
  private final CurrentCondition present = new CurrentCondition();
  private final List<UpdateMarker> markers = new ArrayList<>();
  private final Map<OutageId, Outage> waiting = new TreeMap<>(ORDER);
  private final EpisodeParts boots = new EpisodeParts();
  private final List<Downtime.Span> gaps = new ArrayList<>();
  private final List<UpdateFact> facts = new ArrayList<>();
  private Set<OutageId> unsettled = Set.of();
  private @Nullable OpenEpisode open;
  private @Nullable Episode recorded;

  private static final Comparator<OutageId> ORDER =
      Comparator.comparing(OutageId::service).thenComparing(OutageId::number);

  public EpisodeTracker(Limits limits) {
    this.limits = limits;
  }

  /** Takes a fact of an earlier run into account. */
  public void replay(UpdateFact fact) {
    if (fact instanceof EpisodeChanged changed) {
      replay(changed.episode());
    } else if (fact instanceof UpdateFact.EpisodesClosed totals) {
      closed.restore(totals);
    }
  }

  private void replay(Episode episode) {
    if (episode.state() != Episode.State.CLOSED) {
      if (episode.number() > closed.last()) {
        open = OpenEpisode.of(episode, limits);
        recorded = episode;
      }
      return;
    }
    closed.put(episode);
    if (recorded != null && recorded.number() == episode.number()) {
      open = null;
      recorded = null;
    }
  }

  /** Adds a marker; one that is known already changes nothing. */
  public void add(UpdateMarker marker) {
    boolean known =
        markers.stream().anyMatch(m -> EpisodeParts.same(m, marker))
            || (open != null
                && open.parts().markers().stream().anyMatch(m -> EpisodeParts.same(m, marker)))
            || closed.knows(marker);
    if (!known) {
      markers.add(marker);
      markers.sort(Comparator.comparing(UpdateMarker::at));
    }
  }

  /** Adds a start of the host; to be called before the first poll of the started host. */
  public void add(Boot boot) {
    boots.add(boot);
  }

  /**
   * Adds outages, or newer evidence of those that are known.
   *
   * @param current all that are not settled. One that was among them before and is not any more,
   *     nor in {@code settled}, was merged with another one
   * @param settled those that settled since the last call
   */
  public void add(Collection<Outage> current, Collection<Outage> settled) {
    Set<OutageId> ids = new HashSet<>();
    current.forEach(outage -> ids.add(outage.id()));
    Set<OutageId> gone = new HashSet<>(unsettled);
    gone.removeAll(ids);
    settled.forEach(outage -> gone.remove(outage.id()));
    for (OutageId id : gone) {
      waiting.remove(id);
      boolean merged = current.stream().anyMatch(o -> o.service().equals(id.service()));
      if (open != null && merged) {
        open.parts().remove(id);
      }
    }
    unsettled = ids;
    current.forEach(this::add);
    settled.forEach(this::add);
  }

  private void add(Outage outage) {
    if (open != null && open.parts().has(outage.id())) {
      open.parts().add(outage);
      return;
    }
    Optional<Episode> of = closed.with(outage.id());
    if (of.isPresent()) {
      if (!of.get().outages().contains(outage)) {
        keep(EpisodeParts.with(of.get(), outage));
      }
      return;
    }
    waiting.put(outage.id(), outage);
  }

  /**
   * Records that neither polls nor an event log cover a time. An episode without an outage is not
   * called unaffected then.
   */
  public void unwatched(Instant from, Instant until) {
    gaps.add(new Downtime.Span(from, until));
    if (gaps.size() > MOST_GAPS) {
      gaps.remove(0);
    }
  }

  /** When the open episode began; empty when there is none. */
  public Optional<Instant> openSince() {
    return Optional.ofNullable(open).map(episode -> episode.open().began());
  }

  /** Whether an outage belongs to an episode, open or closed. */
  public boolean has(OutageId outage) {
    return (open != null && open.parts().has(outage)) || closed.with(outage).isPresent();
  }

  /** Whether there is an open episode, or a marker or an outage that may begin one. */
  public boolean isActive() {
    return open != null || !markers.isEmpty() || !waiting.isEmpty();
  }

  /** Whether the open episode is held open by a service of which no outage was observed. */
  public boolean holds(String service) {
    return open != null && open.held(present).containsKey(service);
  }

  /** Whether a time is in the window of a marker of the episode to which an outage belongs. */
  public boolean isInWindow(OutageId outage, Instant at) {
    List<UpdateMarker> of =
        open != null && open.parts().has(outage)
            ? open.parts().markers()
            : closed.with(outage).map(Episode::markers).orElse(List.of());
    return of.stream().anyMatch(marker -> OpenEpisode.isInWindow(marker, at));
  }

  /**
   * Draws the conclusions from all that was added. To be called with every poll, but not while an
   * event log has more to read: later events may matter.
   */
  public void advance(Instant now, HostCondition condition) {
    present.look(now, condition, began());
    Optional<Instant> unreadable = present.unreadable();
    if (unreadable.isPresent()) {
      if (open != null && !unreadable.get().plus(ABANDONED).isAfter(now)) {
        close(open, now, false);
      }
      return;
    }
    if (open != null) {
      open.look(present, now);
    }
    conclude(now);
    if (open != null) {
      open.assess(present, now);
    }
    record();
    forget(now);
  }

  private Map<String, Instant> began() {
    Map<String, Instant> began = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Outage outage : waiting.values()) {
      if (outage.ended().isEmpty()) {
        began.put(outage.service(), outage.began());
      }
    }
    return began;
  }

  private void conclude(Instant now) {
    while (true) {
      joinClosed(now);
      OpenEpisode draft = open == null ? next(now) : open;
      if (draft == null) {
        return;
      }
      open = draft;
      gather(draft, now);
      draft.assess(present, now);
      Optional<Instant> due = draft.due(present, now);
      Optional<Instant> other = otherUpdate(draft, due);
      if (other.isPresent()) {
        close(draft, other.get(), false);
      } else if (due.isPresent() && !due.get().isAfter(now)) {
        close(draft, due.get(), true);
      } else {
        return;
      }
    }
  }

  /** When a marker of another update came, while the episode has not ended by itself. */
  private Optional<Instant> otherUpdate(OpenEpisode draft, Optional<Instant> due) {
    return due.isPresent()
        ? Optional.empty()
        : markers.stream()
            .map(UpdateMarker::at)
            .filter(at -> at.isAfter(draft.parts().latestMarker()))
            .findFirst();
  }

  /** Moves markers, outages and boots that belong to the episode into it, until none is left. */
  private void gather(OpenEpisode draft, Instant now) {
    boolean grew = true;
    while (grew) {
      grew = false;
      for (UpdateMarker marker : List.copyOf(markers)) {
        if (draft.takes(marker, present, now)) {
          markers.remove(marker);
          draft.parts().add(marker);
          grew = true;
        }
      }
      for (Outage outage : inOrder()) {
        if (draft.takes(outage, present, now)) {
          waiting.remove(outage.id());
          draft.parts().add(outage);
          grew = true;
        }
      }
    }
    Instant from = draft.open().began();
    Instant until = draft.due(present, now).orElse(Instant.MAX);
    boots.boots().stream()
        .filter(boot -> boot.up().isAfter(from) && !boot.up().isAfter(until))
        .forEach(draft.parts()::add);
  }

  private List<Outage> inOrder() {
    return waiting.values().stream().sorted(Comparator.comparing(Outage::began)).toList();
  }

  private @Nullable OpenEpisode next(Instant now) {
    Optional<OpenEpisode> again = again(now);
    if (again.isPresent() || markers.isEmpty()) {
      return again.orElse(null);
    }
    OpenEpisode draft = new OpenEpisode(closed.last() + 1, Instant.MIN, limits);
    draft.parts().add(markers.remove(0));
    return draft;
  }

  /** An episode with the markers of the newest one, when an outage came after its end. */
  private Optional<OpenEpisode> again(Instant now) {
    Episode last = closed.newest().orElse(null);
    if (last == null) {
      return Optional.empty();
    }
    Instant newest = last.markers().get(last.markers().size() - 1).at();
    return inOrder().stream()
        .map(Outage::began)
        .filter(began -> began.isAfter(ClosedEpisodes.closed(last)))
        .filter(began -> !began.isAfter(newest.plus(OpenEpisode.AFTER)))
        .filter(began -> !began.plus(OpenEpisode.BEFORE).isAfter(now))
        .filter(began -> markers.stream().noneMatch(marker -> explains(marker, began)))
        .findFirst()
        .map(
            began -> {
              OpenEpisode draft = new OpenEpisode(closed.last() + 1, began, limits);
              last.markers().forEach(draft.parts()::add);
              return draft;
            });
  }

  private static boolean explains(UpdateMarker marker, Instant began) {
    return !began.isBefore(marker.at().minus(OpenEpisode.BEFORE));
  }

  /** Gives late markers to the closed episodes to which they belong. */
  private void joinClosed(Instant now) {
    for (UpdateMarker marker : List.copyOf(markers)) {
      if (open != null && open.takes(marker, present, now)) {
        continue;
      }
      Optional<Episode> of = closed.with(marker);
      if (of.isPresent()) {
        markers.remove(marker);
        keep(of.get());
      }
    }
  }

  private void close(OpenEpisode draft, Instant at, boolean seen) {
    if (draft.parts().outages().isEmpty() && gaps.stream().anyMatch(gap -> covers(gap, draft))) {
      draft.notFollowed();
    }
    keep(draft.close(present, at, seen));
    open = null;
    recorded = null;
  }

  private static boolean covers(Downtime.Span gap, OpenEpisode draft) {
    return gap.from().isBefore(draft.parts().latestMarker().plus(OpenEpisode.AFTER))
        && gap.until().isAfter(draft.parts().earliest().minus(OpenEpisode.BEFORE));
  }

  private void keep(Episode episode) {
    closed.put(episode);
    facts.add(new EpisodeChanged(episode));
  }

  private void record() {
    Episode now = open == null ? null : open.open();
    if (now != null && !now.equals(recorded)) {
      facts.add(new EpisodeChanged(now));
    }
    recorded = now;
  }

  private void forget(Instant now) {
    Instant old = now.minus(REMEMBERED);
    waiting.values().removeIf(o -> o.ended().map(end -> end.isBefore(old)).orElse(false));
    boots.forgetBootsBefore(old);
    gaps.removeIf(gap -> gap.until().isBefore(old) && open == null);
  }

  /** All episodes so far. */
  public EpisodeHistory history() {
    return closed.history(Optional.ofNullable(open).map(OpenEpisode::open));
  }

  /** Returns the facts since the last call. */
  public List<UpdateFact> takeFacts() {
    List<UpdateFact> taken = List.copyOf(facts);
    facts.clear();
    return taken;
  }

  /** Facts that replay to the same state. */
  public List<UpdateFact> summary() {
    List<UpdateFact> all = closed.snapshot();
    if (recorded != null) {
      all.add(new EpisodeChanged(recorded));
    }
    return all;
  }
}
