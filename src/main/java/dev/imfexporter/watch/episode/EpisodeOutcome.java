package dev.imfexporter.watch.episode;

import dev.imfexporter.watch.episode.OpenEpisode.Assessment;
import dev.imfexporter.watch.model.Downtime;
import dev.imfexporter.watch.model.Episode.Outcome;
import dev.imfexporter.watch.model.Limits;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.util.List;

/** The outcome of an episode: a pure function. */
final class EpisodeOutcome {
  private EpisodeOutcome() {}

  /**
   * The outcome of an episode that ends now. The first of these that applies:
   *
   * <ol>
   *   <li>Unaffected: no outage, and all was observed.
   *   <li>Rolled back: all was observed, and the update is not there.
   *   <li>Recovered after a halt: mail was halted, and was verified afterwards.
   *   <li>Unknown: not all was observed.
   *   <li>Recovered slowly: all outages together took longer than the limit.
   *   <li>Recovered.
   * </ol>
   *
   * @param downtime of all services
   */
  static Outcome of(OpenEpisode episode, Downtime downtime, Limits limits) {
    Assessment at = episode.assessment();
    if (episode.outages().isEmpty() && at.followed()) {
      return Outcome.UNAFFECTED;
    }
    if (at.followed() && isRolledBack(episode.evidence().markers())) {
      return Outcome.ROLLED_BACK;
    }
    if (at.halted() && at.verified().isPresent()) {
      return Outcome.RECOVERED_AFTER_HALT;
    }
    if (!at.followed()) {
      return Outcome.UNKNOWN;
    }
    Duration slow = downtime.booted() ? limits.slowAfterBoot() : limits.slow();
    return downtime.total().compareTo(slow) > 0 ? Outcome.RECOVERED_SLOWLY : Outcome.RECOVERED;
  }

  /**
   * Whether the definition went back and not forth again, or an installer failed and none reported
   * that it was done.
   */
  private static boolean isRolledBack(List<UpdateMarker> markers) {
    boolean back = false;
    boolean failed = false;
    boolean installed = false;
    for (UpdateMarker marker : markers) {
      switch (marker.marker()) {
        case FOLDER, REGISTRY -> {
          back = marker.back();
          installed |= marker.marker() == MarkerType.REGISTRY && !marker.back();
        }
        case FAILED -> failed = true;
        case INSTALLED -> installed = true;
        case BEGUN -> {}
      }
    }
    return back || (failed && !installed);
  }
}
