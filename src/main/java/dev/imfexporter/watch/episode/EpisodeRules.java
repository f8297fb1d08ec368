package dev.imfexporter.watch.episode;

import dev.imfexporter.watch.episode.OpenEpisode.Assessment;
import dev.imfexporter.watch.model.Boot;
import dev.imfexporter.watch.model.Downtime;
import dev.imfexporter.watch.model.Downtime.Span;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.Episode.State;
import dev.imfexporter.watch.model.Limits;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.OutageId;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What belongs to an episode, when it ends, and what its state is: pure functions, each of which
 * uses only those above it. One episode is open at a time:
 *
 * <ul>
 *   <li>A marker opens an episode; an outage alone does not. Outages that begin from 10 min before
 *       to 30 min after a marker belong to the episode of the marker, as do those that begin while
 *       mail stands still in it, or within 2 min after everything ran again.
 *   <li>An outage that was over before the installer began does not belong to the episode.
 *   <li>A marker joins the open episode while mail stands still in it, and otherwise within 30 min
 *       of its newest marker or outage. A later marker ends an episode that is held open only by a
 *       service that stays down, as unknown, and opens its own.
 *   <li>An episode with outages is closed 2 min after everything runs again and mail was verified;
 *       while an installer has begun and not reported its end, until 30 min after the newest
 *       marker. Without an outage it is closed 30 min after its newest marker.
 *   <li>A marker that an update reports late (registry, installed, failed, or its folder) joins the
 *       newest closed episode that it fits: within a day when it names the same update, and within
 *       30 min unless it names another one. A second result of one update is of another
 *       installation, also where no installer says when it began (Windows Server 2003). The outcome
 *       and the title stay as they are.
 *   <li>An outage after the end, but in the 30 min after a marker, opens another episode with the
 *       markers of the former one when no marker of its own comes in 10 min.
 *   <li>An episode of a host that cannot be read stays as it is, and after a day ends as unknown.
 * </ul>
 */
final class EpisodeRules {
  /** An outage that begins in this time after all services ran again belongs to the episode. */
  static final Duration GRACE = Duration.ofMinutes(2);

  /** A marker that names the same update belongs to an episode for this time after its end. */
  private static final Duration NAMED = Duration.ofDays(1);

  private EpisodeRules() {}

  /** The services that are down since about the update, though no outage of them was observed. */
  static Map<String, Instant> held(OpenEpisode episode, CurrentCondition condition) {
    Instant from = episode.evidence().firstMarker().minus(UpdateMarker.BEFORE);
    Instant until = episode.evidence().lastMarker().plus(UpdateMarker.AFTER);
    Map<String, Instant> held = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    condition
        .down()
        .forEach(
            (service, since) -> {
              boolean observed =
                  episode.outages().stream().anyMatch(o -> o.service().equalsIgnoreCase(service));
              if (!observed && !since.isBefore(from) && !since.isAfter(until)) {
                held.put(service, since);
              }
            });
    return held;
  }

  /** Whether a service of the episode is down. */
  static boolean isDown(OpenEpisode episode, CurrentCondition condition) {
    return episode.outages().stream().anyMatch(outage -> episode.end(outage).isEmpty())
        || !held(episode, condition).isEmpty();
  }

  /** Whether mail stands still because of the episode. */
  static boolean mailStands(OpenEpisode episode, CurrentCondition condition) {
    return episode.outages().stream()
            .anyMatch(o -> OpenEpisode.isMail(o) && episode.end(o).isEmpty())
        || held(episode, condition).keySet().stream().anyMatch(OpenEpisode::isMail)
        || (condition.mailStands() && standstill(episode, condition).isPresent());
  }

  /** The time in which mail stood still after the services ran again. */
  private static Optional<Span> standstill(OpenEpisode episode, CurrentCondition condition) {
    return episode.mailBack().flatMap(condition::standstillAfter);
  }

  /** When the episode ends or ended; empty while that is not known. */
  static Optional<Instant> due(OpenEpisode episode, CurrentCondition condition, Instant now) {
    if (isDown(episode, condition)) {
      return Optional.empty();
    }
    Instant quiet = episode.evidence().lastMarker().plus(UpdateMarker.AFTER);
    if (episode.outages().isEmpty() && episode.assessment().followed()) {
      return Optional.of(quiet);
    }
    return condition
        .verified(episode.back(), now)
        .map(at -> at.plus(GRACE))
        .map(end -> episode.evidence().isUnderWay() && quiet.isAfter(end) ? quiet : end);
  }

  /** Whether a marker joins the episode. */
  static boolean joins(
      OpenEpisode episode, UpdateMarker marker, CurrentCondition condition, Instant now) {
    Instant at = marker.at();
    if (at.isBefore(episode.evidence().firstMarker().minus(UpdateMarker.AFTER))) {
      return false;
    }
    return mailStands(episode, condition)
        || (!at.isAfter(episode.lastActivity().plus(UpdateMarker.AFTER))
            && due(episode, condition, now).filter(at::isAfter).isEmpty());
  }

  /** Whether an outage joins the episode. */
  static boolean joins(
      OpenEpisode episode, Outage outage, CurrentCondition condition, Instant now) {
    Instant began = outage.began();
    if (began.isBefore(episode.floor())
        || episode.isAfter(outage)
        || due(episode, condition, now).filter(began::isAfter).isPresent()) {
      return false;
    }
    return episode.evidence().markers().stream().anyMatch(marker -> marker.isNear(began))
        || followsOn(episode, began, condition);
  }

  /** Whether an outage begins while mail stands still, or soon after a service was back. */
  private static boolean followsOn(OpenEpisode episode, Instant began, CurrentCondition condition) {
    List<Outage> outages = episode.outages();
    if (outages.isEmpty() || began.isBefore(outages.get(0).began())) {
      return false;
    }
    return mailStands(episode, condition)
        || outages.stream().anyMatch(outage -> followsOn(episode, outage, began));
  }

  private static boolean followsOn(OpenEpisode episode, Outage outage, Instant began) {
    return episode
        .end(outage)
        .filter(end -> !began.isAfter(end.plus(GRACE)))
        .filter(end -> !began.isBefore(OpenEpisode.isMail(outage) ? outage.began() : end))
        .isPresent();
  }

  /**
   * Whether an update reports a marker late, which joins the closed episode of that update. The
   * outcome of the episode stays.
   */
  static boolean joinsLate(Episode episode, UpdateMarker marker) {
    Instant closed = ClosedEpisodes.closed(episode);
    if (marker.at().isBefore(episode.began().minus(UpdateMarker.AFTER))) {
      return false;
    }
    if (marker.at().isBefore(closed)) {
      return true;
    }
    if (marker.marker() == MarkerType.BEGUN
        || marker.back()
        || Evidence.of(episode).hasResultBefore(marker)) {
      return false;
    }
    if (!marker.id().isEmpty()
        && episode.markers().stream().anyMatch(m -> Evidence.isSameUpdate(m, marker))) {
      return !marker.at().isAfter(closed.plus(NAMED));
    }
    return marker.marker() != MarkerType.FOLDER
        && episode.markers().stream().anyMatch(m -> m.update() == marker.update())
        && episode.markers().stream().noneMatch(m -> Evidence.isAnotherUpdate(m, marker))
        && !marker.at().isAfter(closed.plus(UpdateMarker.AFTER));
  }

  /**
   * Whether an outage opens another episode with the markers of the newest one, which is closed.
   *
   * @param waiting markers that are in no episode yet
   */
  static boolean reopens(
      Episode last, Instant began, Collection<UpdateMarker> waiting, Instant now) {
    Instant marker = last.markers().get(last.markers().size() - 1).at();
    return began.isAfter(ClosedEpisodes.closed(last))
        && !began.isAfter(marker.plus(UpdateMarker.AFTER))
        && !began.plus(UpdateMarker.BEFORE).isAfter(now)
        && waiting.stream()
            .allMatch(other -> began.isBefore(other.at().minus(UpdateMarker.BEFORE)));
  }

  /** When a marker of another update ended an episode that does not end by itself. */
  static Optional<Instant> superseded(OpenEpisode episode, List<UpdateMarker> waiting) {
    return waiting.stream()
        .map(UpdateMarker::at)
        .filter(at -> at.isAfter(episode.evidence().lastMarker()))
        .findFirst();
  }

  /** Whether a time that was not watched may hide outages of an episode that has none. */
  static boolean isHidden(OpenEpisode episode, Span unwatched) {
    return episode.outages().isEmpty()
        && unwatched.from().isBefore(episode.evidence().lastMarker().plus(UpdateMarker.AFTER))
        && unwatched.until().isAfter(episode.evidence().firstMarker().minus(UpdateMarker.BEFORE));
  }

  /** The episode with the boots between its begin and its end. */
  static OpenEpisode withBoots(
      OpenEpisode episode, List<Boot> boots, CurrentCondition condition, Instant now) {
    Instant from = episode.began();
    Instant until = due(episode, condition, now).orElse(Instant.MAX);
    Evidence evidence = episode.evidence();
    for (Boot boot : boots) {
      if (boot.up().isAfter(from) && !boot.up().isAfter(until)) {
        evidence = evidence.with(boot);
      }
    }
    return evidence.equals(episode.evidence()) ? episode : episode.with(evidence);
  }

  /** See {@link OpenEpisode#unseenEnds}. */
  static Map<OutageId, Instant> unseenEnds(
      OpenEpisode episode, CurrentCondition condition, Instant now) {
    Map<OutageId, Instant> ends = new HashMap<>();
    for (Outage outage : episode.outages()) {
      if (outage.ended().isEmpty() && !condition.down().containsKey(outage.service())) {
        ends.put(outage.id(), episode.unseenEnds().getOrDefault(outage.id(), now));
      }
    }
    return ends;
  }

  /** The state of the episode now, with what was concluded before. */
  static Assessment assess(
      OpenEpisode episode, CurrentCondition condition, Instant now, Limits limits) {
    Assessment before = episode.assessment();
    boolean down = isDown(episode, condition);
    Downtime mail = mailDowntime(episode, condition, now);
    boolean halted = before.halted() || mail.exceeds(limits.halted(), limits.haltedAfterBoot());
    boolean followed = before.followed() && held(episode, condition).isEmpty();
    boolean touched = !episode.outages().isEmpty() || !followed;
    Optional<Instant> verified =
        down || !touched ? Optional.empty() : condition.verified(episode.back(), now);
    State state;
    if (verified.isPresent()) {
      state = State.VERIFYING;
    } else if (mailStands(episode, condition)
        && mail.lastExceeds(limits.halted(), limits.haltedAfterBoot())) {
      state = State.HALTED;
    } else {
      state = down || !touched ? State.OPEN : State.VERIFYING;
    }
    return new Assessment(state, halted, followed, verified);
  }

  /** How long mail has stood still so far. */
  private static Downtime mailDowntime(
      OpenEpisode episode, CurrentCondition condition, Instant now) {
    List<Span> spans = new ArrayList<>();
    episode.outages().stream()
        .filter(OpenEpisode::isMail)
        .forEach(outage -> spans.add(span(episode, outage, now)));
    held(episode, condition)
        .forEach(
            (service, since) -> {
              if (OpenEpisode.isMail(service)) {
                spans.add(new Span(since, now));
              }
            });
    standstill(episode, condition).ifPresent(spans::add);
    return new Downtime(spans, episode.evidence().boots());
  }

  /** How long anything was out in an episode that ends. */
  static Downtime downtime(OpenEpisode episode, CurrentCondition condition) {
    List<Span> spans = new ArrayList<>();
    episode
        .outages()
        .forEach(o -> episode.end(o).ifPresent(end -> spans.add(span(episode, o, end))));
    standstill(episode, condition).ifPresent(spans::add);
    return new Downtime(spans, episode.evidence().boots());
  }

  /** How long an outage was observed to last; one whose end was not may have been over at once. */
  private static Span span(OpenEpisode episode, Outage outage, Instant now) {
    boolean unseen = outage.ended().isEmpty() && episode.unseenEnds().containsKey(outage.id());
    Instant end = unseen ? outage.began() : outage.ended().orElse(now);
    return new Span(outage.began(), end.isBefore(outage.began()) ? outage.began() : end);
  }
}
