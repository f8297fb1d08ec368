package dev.imfexporter.watch.episode;

import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Instant;

/**
 * Finds what belongs to an episode.
 *
 * @param waiting what is in no episode yet; what belongs to the episode is taken from it
 */
record Gathering(Unassigned waiting, CurrentCondition condition, Instant now) {

  /** Moves markers and outages that belong to the episode into it, until none is left. */
  OpenEpisode into(OpenEpisode begun) {
    OpenEpisode episode = begun;
    OpenEpisode before;
    do {
      before = episode;
      episode = waiting.takeBack(withResults(episode));
      for (Outage outage : waiting.outages()) {
        if (EpisodeRules.joins(episode, outage, judging(episode), now)) {
          waiting.remove(outage.id());
          episode = episode.with(episode.evidence().with(outage));
        }
      }
      // The outages first: they say when the episode was over, and a later marker is of another.
      for (UpdateMarker marker : waiting.markers()) {
        if (EpisodeRules.joins(episode, marker, judging(episode), now)) {
          waiting.remove(marker);
          episode = episode.with(episode.evidence().with(marker));
          break;
        }
      }
    } while (!episode.equals(before));
    return episode;
  }

  /** With the results of its installers: without them, they seem to be at work still. */
  private OpenEpisode withResults(OpenEpisode begun) {
    OpenEpisode episode = begun;
    for (UpdateMarker marker : waiting.markers()) {
      if (episode.evidence().isResultOfBegun(marker)
          && EpisodeRules.joins(episode, marker, judging(episode), now)) {
        waiting.remove(marker);
        episode = episode.with(episode.evidence().with(marker));
      }
    }
    return episode;
  }

  private CurrentCondition judging(OpenEpisode episode) {
    return EarlierUpdates.judging(episode, waiting.markers(), condition);
  }
}
