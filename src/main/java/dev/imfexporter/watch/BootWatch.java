package dev.imfexporter.watch;

import dev.imfexporter.watch.EventTimes.Placed;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes one boot of the several events that tell of it. */
final class BootWatch {
  /** Within this time the events of one boot are written. */
  private static final Duration ONE_BOOT = Duration.ofMinutes(10);

  private final List<Boot> known;
  private final Set<Integer> told = new HashSet<>();
  private Optional<Boot> group = Optional.empty();
  private @Nullable Instant shutDown;
  private @Nullable Instant lastEvent;

  /**
   * @param known the boots so far, which this only reads
   */
  BootWatch(List<Boot> known) {
    this.known = known;
  }

  /** An event of another kind: the host was up. */
  void other(Placed event) {
    lastEvent = event.at();
  }

  /** 6006, 13: the newest of them is when it went down. */
  void shutDown(Placed event) {
    shutDown = event.at();
    lastEvent = event.at();
  }

  /**
   * 6005, 6009, 12.
   *
   * @param lastLook when the host last answered before a time
   * @return empty if the boot is known already
   */
  Optional<Boot> booted(Placed event, Function<Instant, Optional<Instant>> lastLook) {
    Instant up = event.at();
    Instant down = shutDown;
    int id = event.event().id();
    Optional<Boot> near =
        known.stream()
            .filter(boot -> Duration.between(boot.up(), up).abs().compareTo(ONE_BOOT) <= 0)
            .filter(boot -> down == null || !down.isAfter(boot.up()))
            .min(Comparator.comparing(boot -> Duration.between(boot.up(), up).abs()));
    if (near.isPresent()) {
      if (!near.equals(group)) {
        group = near;
        told.clear();
      }
      // Each of them is written once in a boot.
      if (told.add(id)) {
        shutDown = null;
        return Optional.empty();
      }
    }
    told.clear();
    told.add(id);
    shutDown = null;
    boolean orderly = down != null && !down.isAfter(up);
    group =
        Optional.of(
            new Boot(orderly && down != null ? down : lastUp(up, lastLook.apply(up)), up, orderly));
    return group;
  }

  void shift(Duration by) {
    shutDown = shutDown == null ? null : shutDown.plus(by);
    lastEvent = lastEvent == null ? null : lastEvent.plus(by);
  }

  private Instant lastUp(Instant up, Optional<Instant> look) {
    return Stream.concat(Optional.ofNullable(lastEvent).stream(), look.stream())
        .filter(at -> at.isBefore(up))
        .max(Comparator.naturalOrder())
        .orElse(up);
  }
}
