package dev.imfexporter.watch.outage;

import dev.imfexporter.watch.clock.DatedEvent;
import dev.imfexporter.watch.model.Boot;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Combines the several events of a boot into one. */
final class BootTracker {
  /** Within this time the events of one boot are written. */
  private static final Duration ONE_BOOT = Duration.ofMinutes(10);

  private final List<Boot> known;
  private final LastSeen lastSeen;
  private final Set<Integer> ids = new HashSet<>();
  private Optional<Boot> current = Optional.empty();
  private @Nullable Instant shutDown;
  private @Nullable Instant lastEvent;

  /**
   * @param known the boots so far; only read
   */
  BootTracker(List<Boot> known, LastSeen lastSeen) {
    this.known = known;
    this.lastSeen = lastSeen;
  }

  /** An event of another kind shows that the host was up. */
  void other(DatedEvent event) {
    lastEvent = event.at();
  }

  /** Event 6008, dated when the host was last up; Windows renews that time every minute or so. */
  void died(DatedEvent event) {
    if (lastEvent == null || lastEvent.isBefore(event.at())) {
      lastEvent = event.at();
    }
  }

  /** Event 6006 or 13: the newest of them is the time at which the host went down. */
  void shutDown(DatedEvent event) {
    shutDown = event.at();
    lastEvent = event.at();
  }

  /**
   * Event 6005, 6009 or 12.
   *
   * @return empty if the boot is known already
   */
  Optional<Boot> booted(DatedEvent event) {
    Instant up = event.at();
    Instant down = shutDown;
    int id = event.event().id();
    Optional<Boot> near =
        known.stream()
            .filter(boot -> Duration.between(boot.up(), up).abs().compareTo(ONE_BOOT) <= 0)
            .filter(boot -> down == null || !down.isAfter(boot.up()))
            .min(Comparator.comparing(boot -> Duration.between(boot.up(), up).abs()));
    if (near.isPresent()) {
      if (!near.equals(current)) {
        current = near;
        ids.clear();
      }
      // Each of them is written once in a boot.
      if (ids.add(id)) {
        shutDown = null;
        return Optional.empty();
      }
    }
    ids.clear();
    ids.add(id);
    shutDown = null;
    // Its record is before that of the boot, though the clock may have started earlier.
    current =
        Optional.of(
            down == null
                ? new Boot(lastUp(up), up, false)
                : new Boot(down.isAfter(up) ? up : down, up, true));
    return current;
  }

  private Instant lastUp(Instant up) {
    return Stream.concat(Optional.ofNullable(lastEvent).stream(), lastSeen.before(up).stream())
        .filter(at -> at.isBefore(up))
        .max(Comparator.naturalOrder())
        .orElse(up);
  }
}
