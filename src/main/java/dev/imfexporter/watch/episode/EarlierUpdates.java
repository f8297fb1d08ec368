package dev.imfexporter.watch.episode;

import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Instant;
import java.util.List;

/**
 * Updates that came one after the other before the host was watched, as a log tells that is read
 * after a start. What mail does now belongs to the newest of them at most: an earlier one is judged
 * by its services alone, as one that is older than {@link UpdateMarker#AFTER} is. Otherwise it
 * would stay open until mail is judged, and take what belongs to the next.
 */
final class EarlierUpdates {
  private EarlierUpdates() {}

  /**
   * The condition by which an episode is judged.
   *
   * @param waiting markers that are in no episode yet
   */
  static CurrentCondition judging(
      OpenEpisode episode, List<UpdateMarker> waiting, CurrentCondition condition) {
    boolean earlier =
        !episode.outages().isEmpty()
            && !EpisodeRules.isDown(episode, condition)
            && waiting.stream().anyMatch(next -> isOfNext(episode, next, condition));
    return earlier ? condition.notJudging(episode.back()) : condition;
  }

  private static boolean isOfNext(
      OpenEpisode episode, UpdateMarker next, CurrentCondition condition) {
    Instant since = condition.since();
    return since != null
        && next.at().isBefore(since)
        && next.at().isAfter(episode.back().plus(EpisodeRules.GRACE))
        && isAnother(episode.evidence(), next);
  }

  /** All releases of the definition may have one id and one title. */
  private static boolean isAnother(Evidence own, UpdateMarker next) {
    if (next.marker() == MarkerType.BEGUN) {
      return !own.isUnderWay();
    }
    return own.hasResultBefore(next)
        || (own.markers().stream().anyMatch(marker -> Evidence.isAnotherUpdate(marker, next))
            && own.markers().stream().noneMatch(marker -> Evidence.isSameUpdate(marker, next)));
  }
}
