package dev.imfexporter.watch.episode;

import dev.imfexporter.watch.fact.UpdateFact;
import dev.imfexporter.watch.fact.UpdateFact.EpisodeChanged;
import dev.imfexporter.watch.model.Boot;
import dev.imfexporter.watch.model.Downtime;
import dev.imfexporter.watch.model.Downtime.Span;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.EpisodeHistory;
import dev.imfexporter.watch.model.Limits;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.OutageId;
import dev.imfexporter.watch.model.Retention;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Combines markers of updates and outages to episodes, and follows each episode to its end. All
 * times are on the axis of {@link dev.imfexporter.watch.clock.HostTime}. Not thread-safe.
 *
 * <p>Markers, outages and boots may be added in any order; {@link #advance} then draws the
 * conclusions by the {@link EpisodeRules}.
 */
public final class EpisodeTracker {
  private static final Duration ABANDONED = Duration.ofDays(1);

  /** Longer than any delay between an event and its report while the host is watched. */
  private static final Duration REMEMBERED = Duration.ofHours(2);

  private final Limits limits;
  private final ClosedEpisodes closed;
  private final Unassigned waiting = new Unassigned();
  private final List<UpdateFact> facts = new ArrayList<>();
  private CurrentCondition condition = CurrentCondition.UNKNOWN;
  private @Nullable OpenEpisode open;
  private @Nullable Episode recorded;

  /**
   * @param retention how many closed episodes are kept, and for how long behind the newest
   */
  public EpisodeTracker(Limits limits, Retention retention) {
    this.limits = limits;
    closed = new ClosedEpisodes(retention);
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
        open = OpenEpisode.of(episode);
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

  /** Adds a marker; one that was added before changes nothing. */
  public void add(UpdateMarker marker) {
    if ((open == null || !open.evidence().has(marker)) && !closed.has(marker)) {
      waiting.add(marker);
    }
  }

  /** Adds a start of the host; to be called before the first poll of the started host. */
  public void add(Boot boot) {
    waiting.add(boot);
  }

  /**
   * Adds outages, or newer evidence of those that were added before.
   *
   * @param current all that are not settled. One that was among them before and is not any more,
   *     nor in {@code settled}, was merged with another one
   * @param settled those that settled since the last call
   */
  public void add(Collection<Outage> current, Collection<Outage> settled) {
    for (OutageId id : waiting.removeMerged(current, settled)) {
      open = open == null ? null : open.with(open.evidence().without(id));
    }
    current.forEach(this::add);
    settled.forEach(this::add);
  }

  private void add(Outage outage) {
    if (open != null && open.evidence().has(outage.id())) {
      open = open.with(open.evidence().with(outage));
      return;
    }
    closed.with(outage).ifPresentOrElse(this::keep, () -> waiting.add(outage));
  }

  /**
   * Records that neither polls nor an event log cover a time. An episode without an outage is not
   * called unaffected then.
   */
  public void unwatched(Instant from, Instant until) {
    waiting.addUnwatched(new Span(from, until));
  }

  /** When the open episode began; empty when there is none. */
  public Optional<Instant> openSince() {
    return Optional.ofNullable(open).map(OpenEpisode::began);
  }

  /** Whether an outage belongs to an episode, open or closed. */
  public boolean has(OutageId outage) {
    return (open != null && open.evidence().has(outage)) || closed.with(outage).isPresent();
  }

  /** Whether there is an open episode, or a marker or an outage that may begin one. */
  public boolean isActive() {
    return open != null || waiting.isActive();
  }

  /** Whether the open episode is held open by a service of which no outage was observed. */
  public boolean holds(String service) {
    return open != null && EpisodeRules.held(open, condition).containsKey(service);
  }

  /** Whether a time is in the window of a marker of the episode to which an outage belongs. */
  public boolean isInWindow(OutageId outage, Instant at) {
    List<UpdateMarker> markers =
        open != null && open.evidence().has(outage)
            ? open.evidence().markers()
            : closed.with(outage).map(Episode::markers).orElse(List.of());
    return markers.stream().anyMatch(marker -> marker.isNear(at));
  }

  /**
   * Draws the conclusions from all that was added. To be called with every poll, but not while an
   * event log has more to read: later events may matter.
   */
  public void advance(Instant now, HostCondition polled) {
    condition = condition.next(now, polled, waiting.openSince());
    Instant unreadable = condition.unreadable();
    if (unreadable != null) {
      if (open != null && !unreadable.plus(ABANDONED).isAfter(now)) {
        close(open, now, false);
      }
      return;
    }
    if (open != null) {
      open = open.with(EpisodeRules.unseenEnds(open, condition, now));
    }
    conclude(now);
    record();
    waiting.forgetBefore(now.minus(REMEMBERED), open != null);
  }

  private void conclude(Instant now) {
    while (true) {
      OpenEpisode begun = open == null ? next(now) : open;
      if (begun == null) {
        return;
      }
      OpenEpisode episode = new Gathering(waiting, condition, now).into(begun);
      CurrentCondition judging = judging(episode);
      episode = EpisodeRules.withBoots(episode, waiting.boots(), judging, now);
      episode = episode.with(EpisodeRules.assess(episode, judging, now, limits));
      open = episode;
      Optional<Instant> due = EpisodeRules.due(episode, judging, now);
      if (due.filter(end -> !end.isAfter(now)).isPresent()) {
        close(episode, due.get(), true);
        continue;
      }
      joinClosed(now);
      Optional<Instant> other = EpisodeRules.superseded(episode, waiting.markers());
      if (due.isPresent() || other.isEmpty()) {
        return;
      }
      close(episode, other.get(), false);
    }
  }

  /**
   * Gives late markers to the closed episodes to which they belong, up to one that begins another:
   * a log that is read at once has the result of that one too, and often of the same update.
   */
  private void joinClosed(Instant now) {
    for (UpdateMarker marker : waiting.markers()) {
      Optional<Episode> of = closed.with(marker);
      if (of.isEmpty() || (open == null && reopening(now).isPresent())) {
        return;
      }
      waiting.remove(marker);
      keep(of.get());
    }
  }

  /** Another episode with the markers of the newest one, or one of the oldest marker. */
  private @Nullable OpenEpisode next(Instant now) {
    joinClosed(now);
    long number = closed.last() + 1;
    Optional<Instant> again = reopening(now);
    if (again.isPresent()) {
      return OpenEpisode.begin(number, again.get(), closed.newest().orElseThrow().markers());
    }
    UpdateMarker oldest = waiting.takeOldestMarker();
    return oldest == null ? null : OpenEpisode.begin(number, Instant.MIN, List.of(oldest));
  }

  private Optional<Instant> reopening(Instant now) {
    return closed.newest().flatMap(newest -> waiting.reopening(newest, now));
  }

  private CurrentCondition judging(OpenEpisode episode) {
    return EarlierUpdates.judging(episode, waiting.markers(), condition);
  }

  /**
   * @param seen false if it ends before it is over
   */
  private void close(OpenEpisode episode, Instant at, boolean seen) {
    boolean followed =
        seen
            && episode.outages().stream().allMatch(o -> o.ended().isPresent())
            && waiting.unwatched().stream().noneMatch(gap -> EpisodeRules.isHidden(episode, gap));
    OpenEpisode last = followed ? episode : episode.notFollowed();
    Downtime downtime = EpisodeRules.downtime(last, judging(last));
    keep(last.closed(at, EpisodeOutcome.of(last, downtime, limits)));
    open = null;
    recorded = null;
  }

  private void keep(Episode episode) {
    if (closed.put(episode)) {
      facts.add(new EpisodeChanged(episode));
    }
  }

  /**
   * Seals the closed episodes whose evidence is final. To be called while the host can be read.
   *
   * @param compared whether nothing more is to be compared for the episode of that number
   */
  public void seal(LongPredicate compared, Instant now) {
    closed.due(compared, now).forEach(this::keep);
  }

  private void record() {
    Episode now = open == null ? null : open.value();
    if (now != null && !now.equals(recorded)) {
      facts.add(new EpisodeChanged(now));
    }
    recorded = now;
  }

  /** All episodes so far. */
  public EpisodeHistory history() {
    return closed.history(Optional.ofNullable(open).map(OpenEpisode::value));
  }

  /** The number of the oldest closed episode that is kept; 0 when there is none. */
  public long oldest() {
    return closed.first();
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
