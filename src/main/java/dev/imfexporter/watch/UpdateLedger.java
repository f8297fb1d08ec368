package dev.imfexporter.watch;

import dev.imfexporter.reading.Definition;
import dev.imfexporter.reading.DefinitionVersion;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns readings of the definition into the signs of its updates. Pure, and to be fed by one thread
 * at a time.
 */
final class UpdateLedger {
  private final Map<Marker, Instant> markers = new EnumMap<>(Marker.class);
  private final Map<Marker, DefinitionVersion> versions = new EnumMap<>(Marker.class);
  private @Nullable DefinitionVersion newest;
  private boolean readBefore;
  private long changes;

  /**
   * Takes a reading into account.
   *
   * @param seen stands in for the time of a registry change that the host does not date
   */
  void observe(Definition definition, Instant seen) {
    definition
        .registered()
        .ifPresent(
            registered ->
                witness(Marker.REGISTRY, registered.version(), registered.written(), seen));
    definition
        .folder()
        .ifPresent(
            folder ->
                witness(Marker.FOLDER, folder.version(), Optional.of(folder.created()), seen));
    readBefore = true;
  }

  private void witness(
      Marker marker, DefinitionVersion version, Optional<Instant> dated, Instant seen) {
    boolean changed = !version.equals(versions.put(marker, version)) && readBefore;
    Optional<Instant> at = dated.isPresent() || !changed ? dated : Optional.of(seen);
    at.ifPresent(when -> markers.merge(marker, when, (a, b) -> a.isAfter(b) ? a : b));
    // Both witnesses tell of the same update, one after the other: it counts with the first.
    if (changed && !version.equals(newest)) {
      changes++;
    }
    if (changed || newest == null) {
      newest = version;
    }
  }

  /** What is known by now. */
  UpdateHistory history() {
    return new UpdateHistory(markers, changes);
  }
}
