package dev.imfexporter.watch;

import dev.imfexporter.reading.UpdateKind;
import dev.imfexporter.watch.Episode.Sign;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The signs of updates.
 *
 * @param markers the newest of each marker and kind of update, in the order of both enums
 * @param changes how often a version of the definition was seen to take the place of another
 */
public record UpdateHistory(List<Sign> markers, long changes) {
  private static final Set<Marker> INSTALLER =
      Set.of(Marker.BEGUN, Marker.INSTALLED, Marker.FAILED);

  public UpdateHistory {
    markers = List.copyOf(markers);
  }

  /** When a marker last came; empty when it never did. */
  public Optional<Instant> last(Marker marker, UpdateKind kind) {
    return markers.stream()
        .filter(sign -> sign.marker() == marker && sign.update() == kind)
        .map(Sign::at)
        .findFirst();
  }

  /** The newest sign that an installer gave; its article and title are those of the last update. */
  public Optional<Sign> lastUpdate() {
    return markers.stream()
        .filter(sign -> INSTALLER.contains(sign.marker()))
        .max(Comparator.comparing(Sign::at));
  }
}
