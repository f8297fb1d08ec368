package dev.imfexporter.watch.episode;

import dev.imfexporter.watch.model.Downtime;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.Episode.Outcome;
import dev.imfexporter.watch.model.Limits;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.util.List;

/** Which final word an episode gets. */
final class EpisodeOutcome {
  private EpisodeOutcome() {}

  /**
   * @param episode as it stands at its end
   * @param downtime of all its services
   */
  static Outcome of(Episode episode, Downtime downtime, Limits limits) {
    if (episode.outages().isEmpty() && episode.followed()) {
      return Outcome.UNAFFECTED;
    }
    if (episode.followed() && rolledBack(episode.markers())) {
      return Outcome.ROLLED_BACK;
    }
    if (episode.halted() && episode.verified().isPresent()) {
      return Outcome.RECOVERED_AFTER_HALT;
    }
    if (!episode.followed()) {
      return Outcome.UNKNOWN;
    }
    Duration slow = downtime.booted() ? limits.slowAfterBoot() : limits.slow();
    return downtime.total().compareTo(slow) > 0 ? Outcome.RECOVERED_SLOWLY : Outcome.RECOVERED;
  }

  /**
   * The definition went back and not forth again; or an installer failed, and none said that it was
   * done.
   */
  private static boolean rolledBack(List<UpdateMarker> markers) {
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
