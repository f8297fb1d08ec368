package dev.imfexporter.watch;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * The signs of updates of the definition.
 *
 * @param markers the newest of each kind, by the host's clock
 * @param changes how often a version was seen to take the place of another
 */
public record UpdateHistory(Map<Marker, Instant> markers, long changes) {
  public UpdateHistory {
    markers = markers.isEmpty() ? Map.of() : new EnumMap<>(markers);
  }
}
