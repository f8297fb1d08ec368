package dev.imfexporter.watch;

import dev.imfexporter.watch.Episode.Sign;
import dev.imfexporter.watch.UpdateFact.EpisodeChanged;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts signs of updates and outages together to episodes, and follows each to its end. Pure, and to
 * be fed by one thread at a time; all times are by the exporter's clock.
 *
 * <p>It is told in any order of signs, outages and boots; then {@link #advance} draws the
 * conclusions. One episode is open at a time:
 *
 * <ul>
 *   <li>A sign opens an episode; an outage alone does not. Outages that begin from 10 min before to
 *       30 min after a sign belong to the episode of the sign, as do those that begin while mail
 *       stands still in it, or within 2 min after everything ran again.
 *   <li>A sign joins the open episode while mail stands still in it, and otherwise within 30 min of
 *       its newest sign or outage. A sign that comes later and finds an episode that a service
 *       holds open which nobody starts, ends that one as unknown and opens its own.
 *   <li>An episode with outages is closed 2 min after everything runs again and mail was verified;
 *       an installer that began and has not said how it ended gets until 30 min after the newest
 *       sign. Without an outage it is closed 30 min after its newest sign.
 *   <li>What an update is late to say (registry, installed, failed, or its folder) joins the closed
 *       episode: within 30 min of it, or within a day when it names the same update. The outcome
 *       stays as it is.
 *   <li>An outage after the end, but in the 30 min after a sign, opens another episode with the
 *       signs of the former one when no sign of its own comes in 10 min.
 *   <li>An episode of a host that cannot be read stays as it is, and after a day ends as unknown.
 * </ul>
 */
final class EpisodeTracker {
  private static final Duration ABANDONED = Duration.ofDays(1);

  /** More than any order of telling needs. */
  private static final Duration REMEMBERED = Duration.ofHours(2);

  private static final int MOST_GAPS = 20;

  private final EpisodeLimits limits;
  private final EpisodeArchive archive = new EpisodeArchive();
  private final Present present = new Present();
  private final List<Sign> signs = new ArrayList<>();
  private final List<Outage> outages = new ArrayList<>();
  private final EpisodeParts boots = new EpisodeParts();
  private final List<Downtime.Span> gaps = new ArrayList<>();
  private final List<UpdateFact> facts = new ArrayList<>();
  private @Nullable EpisodeDraft open;
  private @Nullable Episode told;

  EpisodeTracker(EpisodeLimits limits) {
    this.limits = limits;
  }

  /** Takes a fact of an earlier run into account; those that say nothing of episodes are passed. */
  void replay(Fact fact) {
    if (fact instanceof EpisodeChanged changed) {
      replay(changed.episode());
    } else if (fact instanceof UpdateFact.EpisodesClosed totals) {
      archive.restore(totals);
    } else if (fact instanceof ServiceFact.Settled settled) {
      observe(settled.outage());
    }
  }

  private void replay(Episode episode) {
    if (episode.state() != Episode.State.CLOSED) {
      if (episode.number() <= archive.last()) {
        return;
      }
      open = EpisodeDraft.of(episode, limits);
      told = episode;
      return;
    }
    archive.put(episode);
    if (told != null && told.number() == episode.number()) {
      open = null;
      told = null;
    }
  }

  /** Takes a sign into account. */
  void observe(Sign sign) {
    boolean known =
        signs.stream().anyMatch(s -> EpisodeParts.same(s, sign))
            || (open != null
                && open.parts().signs().stream().anyMatch(s -> EpisodeParts.same(s, sign)))
            || archive.knows(sign);
    if (!known) {
      signs.add(sign);
      signs.sort(Comparator.comparing(Sign::at));
    }
  }

  /**
   * Takes an outage into account, when it begins and whenever more is known of it: a service has
   * one at a time, and one that overlaps with a former one takes its place.
   */
  void observe(Outage outage) {
    if (open != null && open.knows(outage)) {
      open.refine(outage);
      return;
    }
    Optional<Episode> closed = archive.with(outage);
    if (closed.isPresent()) {
      if (!archive.kept().contains(closed.get())) {
        keep(closed.get());
      }
      return;
    }
    outages.removeIf(known -> EpisodeParts.same(known, known.ended(), outage));
    outages.add(outage);
    outages.sort(Comparator.comparing(Outage::began));
  }

  /** Takes a start of the host into account; to be told before the look at the started host. */
  void booted(Boot boot) {
    boots.add(boot);
  }

  /**
   * Says that nobody saw what happened to the services in this time, and that no event log tells.
   * An episode in which no outage was seen is not called unaffected then.
   */
  void unwatched(Instant from, Instant until) {
    gaps.add(new Downtime.Span(from, until));
    if (gaps.size() > MOST_GAPS) {
      gaps.remove(0);
    }
  }

  /**
   * Draws the conclusions of all that was told. To be called with every look at the host, but not
   * while an event log still has more to read at once: what it tells later may matter.
   */
  void advance(Instant now, HostCondition condition) {
    Set<String> before = Set.copyOf(present.out().keySet());
    present.look(now, condition, began());
    Optional<Instant> unreadable = present.unreadable();
    if (unreadable.isPresent()) {
      if (open != null && !unreadable.get().plus(ABANDONED).isAfter(now)) {
        close(open, now, false);
      }
      return;
    }
    if (open != null) {
      open.look(present, before, now);
    }
    settle(now);
    if (open != null) {
      open.assess(present, now);
    }
    tell();
    forget(now);
  }

  private Map<String, Instant> began() {
    Map<String, Instant> began = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    outages.stream()
        .filter(outage -> outage.ended().isEmpty())
        .forEach(outage -> began.put(outage.service(), outage.began()));
    return began;
  }

  private void settle(Instant now) {
    while (true) {
      joinClosed(now);
      EpisodeDraft draft = open == null ? next(now) : open;
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

  /** When a sign came that is none of this episode, though that has not ended by itself. */
  private Optional<Instant> otherUpdate(EpisodeDraft draft, Optional<Instant> due) {
    return due.isPresent()
        ? Optional.empty()
        : signs.stream()
            .map(Sign::at)
            .filter(at -> at.isAfter(draft.parts().latestSign()))
            .findFirst();
  }

  private void gather(EpisodeDraft draft, Instant now) {
    boolean grew = true;
    while (grew) {
      grew = false;
      for (Sign sign : List.copyOf(signs)) {
        if (draft.takes(sign, present, now)) {
          signs.remove(sign);
          draft.parts().add(sign);
          grew = true;
        }
      }
      for (Outage outage : List.copyOf(outages)) {
        if (draft.takes(outage, present, now)) {
          outages.remove(outage);
          draft.refine(outage);
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

  private @Nullable EpisodeDraft next(Instant now) {
    Optional<EpisodeDraft> again = again(now);
    if (again.isPresent() || signs.isEmpty()) {
      return again.orElse(null);
    }
    EpisodeDraft draft = new EpisodeDraft(archive.last() + 1, Instant.MIN, limits);
    draft.parts().add(signs.remove(0));
    return draft;
  }

  /** The trouble of the newest episode has come back after its end. */
  private Optional<EpisodeDraft> again(Instant now) {
    Episode last = archive.newest().orElse(null);
    if (last == null) {
      return Optional.empty();
    }
    Instant newest = last.markers().get(last.markers().size() - 1).at();
    return outages.stream()
        .map(Outage::began)
        .filter(began -> began.isAfter(EpisodeArchive.closed(last)))
        .filter(began -> !began.isAfter(newest.plus(EpisodeDraft.AFTER)))
        .filter(began -> !began.plus(EpisodeDraft.BEFORE).isAfter(now))
        .filter(began -> signs.stream().noneMatch(sign -> explains(sign, began)))
        .findFirst()
        .map(
            began -> {
              EpisodeDraft draft = new EpisodeDraft(archive.last() + 1, began, limits);
              last.markers().forEach(draft.parts()::add);
              return draft;
            });
  }

  private static boolean explains(Sign sign, Instant began) {
    return !began.isBefore(sign.at().minus(EpisodeDraft.BEFORE));
  }

  /** Gives signs that came late to the finished episodes that they belong to. */
  private void joinClosed(Instant now) {
    for (Sign sign : List.copyOf(signs)) {
      if (open != null && open.takes(sign, present, now)) {
        continue;
      }
      Optional<Episode> closed = archive.with(sign);
      if (closed.isPresent()) {
        signs.remove(sign);
        keep(closed.get());
      }
    }
  }

  private void close(EpisodeDraft draft, Instant at, boolean seen) {
    if (draft.parts().outages().isEmpty() && gaps.stream().anyMatch(gap -> covers(gap, draft))) {
      draft.notFollowed();
    }
    keep(draft.close(present, at, seen));
    open = null;
    told = null;
  }

  private static boolean covers(Downtime.Span gap, EpisodeDraft draft) {
    return gap.from().isBefore(draft.parts().latestSign().plus(EpisodeDraft.AFTER))
        && gap.until().isAfter(draft.parts().earliest().minus(EpisodeDraft.BEFORE));
  }

  private void keep(Episode closed) {
    archive.put(closed);
    facts.add(new EpisodeChanged(closed));
  }

  private void tell() {
    Episode now = open == null ? null : open.open();
    if (now != null && !now.equals(told)) {
      facts.add(new EpisodeChanged(now));
    }
    told = now;
  }

  private void forget(Instant now) {
    Instant old = now.minus(REMEMBERED);
    outages.removeIf(outage -> outage.ended().map(end -> end.isBefore(old)).orElse(false));
    boots.forgetBootsBefore(old);
    gaps.removeIf(gap -> gap.until().isBefore(old) && open == null);
  }

  /** What is known by now. */
  EpisodeHistory history() {
    return archive.history(Optional.ofNullable(open).map(EpisodeDraft::open));
  }

  /** The facts since this was last asked. */
  List<UpdateFact> takeFacts() {
    List<UpdateFact> taken = List.copyOf(facts);
    facts.clear();
    return taken;
  }

  /** Facts that stand for all so far. */
  List<UpdateFact> snapshot() {
    List<UpdateFact> all = archive.snapshot();
    if (told != null) {
      all.add(new EpisodeChanged(told));
    }
    return all;
  }
}
