package dev.imfexporter.watch.model;

import dev.imfexporter.collector.UpdateKind;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The markers of updates.
 *
 * @param markers the newest of each marker and kind of update, in the order of both enums
 * @param failures of updates that have failed and were not installed since, oldest first
 * @param pending updates that were announced and neither installed nor failed since, the newest 20
 *     of the last 30 days, in the order of announcement
 * @param changes how often a version of the definition was seen to take the place of another
 */
public record UpdateHistory(
    List<UpdateMarker> markers,
    List<UpdateMarker> failures,
    List<PendingUpdate> pending,
    long changes) {
  public UpdateHistory {
    markers = List.copyOf(markers);
    failures = List.copyOf(failures);
    pending = List.copyOf(pending);
  }

  /** The same history with all times converted. */
  public UpdateHistory on(UnaryOperator<Instant> clock) {
    return new UpdateHistory(
        on(markers, clock),
        on(failures, clock),
        pending.stream().map(update -> update.on(clock)).toList(),
        changes);
  }

  private static List<UpdateMarker> on(List<UpdateMarker> markers, UnaryOperator<Instant> clock) {
    return markers.stream().map(marker -> marker.on(clock)).toList();
  }

  /** When a marker last came; empty when it never did. */
  public Optional<Instant> last(MarkerType marker, UpdateKind kind) {
    return markers.stream()
        .filter(update -> update.marker() == marker && update.update() == kind)
        .map(UpdateMarker::at)
        .findFirst();
  }

  /**
   * The newest marker that an installer gave; its article and title are those of the last update.
   */
  public Optional<UpdateMarker> lastUpdate() {
    return markers.stream()
        .filter(marker -> marker.marker().isInstaller())
        .max(Comparator.comparing(UpdateMarker::at));
  }
}
