package dev.imfexporter.watch.episode;

import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.UpdateMarker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the installation of each update ended last: the success of one update does not hide that
 * another failed. All releases of the definition are one update, because each replaces those
 * before.
 */
final class UpdateResults {
  private static final int MOST = 64;

  private static final Comparator<UpdateMarker> BY_TIME = Comparator.comparing(UpdateMarker::at);

  private final Map<Update, UpdateMarker> newest = new HashMap<>();

  /**
   * An update.
   *
   * @param name its article, or else its title; "" for the definition
   */
  private record Update(UpdateKind kind, String name) {
    static Update of(UpdateMarker marker) {
      String name = marker.id().isEmpty() ? marker.title() : marker.id();
      return new Update(marker.update(), marker.update() == UpdateKind.DEFINITION ? "" : name);
    }
  }

  /** Adds a marker; one that does not show how an installation ended changes nothing. */
  void add(UpdateMarker marker) {
    if (marker.marker() == MarkerType.BEGUN || marker.back()) {
      return;
    }
    newest.merge(Update.of(marker), marker, (a, b) -> b.at().isBefore(a.at()) ? a : b);
    if (newest.size() > MOST) {
      newest.values().stream().min(BY_TIME).ifPresent(newest.values()::remove);
    }
  }

  /** The newest result of each update, oldest first. */
  List<UpdateMarker> all() {
    List<UpdateMarker> all = new ArrayList<>(newest.values());
    all.sort(BY_TIME);
    return all;
  }

  /** The updates that failed and were not installed since, oldest first. */
  List<UpdateMarker> failures() {
    return all().stream().filter(marker -> marker.marker() == MarkerType.FAILED).toList();
  }
}
