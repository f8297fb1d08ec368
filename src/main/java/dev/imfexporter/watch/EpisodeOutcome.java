package dev.imfexporter.watch;

import dev.imfexporter.watch.Episode.Outcome;
import dev.imfexporter.watch.Episode.Sign;
import java.time.Duration;
import java.util.List;

/** Which final word an episode gets. */
final class EpisodeOutcome {
  private EpisodeOutcome() {}

  /**
   * @param episode as it stands at its end
   * @param downtime of all its services
   */
  static Outcome of(Episode episode, Downtime downtime, EpisodeLimits limits) {
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
  private static boolean rolledBack(List<Sign> signs) {
    boolean back = false;
    boolean failed = false;
    boolean installed = false;
    for (Sign sign : signs) {
      switch (sign.marker()) {
        case FOLDER, REGISTRY -> {
          back = sign.back();
          installed |= sign.marker() == Marker.REGISTRY && !sign.back();
        }
        case FAILED -> failed = true;
        case INSTALLED -> installed = true;
        case BEGUN -> {}
      }
    }
    return back || (failed && !installed);
  }
}
