package dev.imfexporter.watch;

import dev.imfexporter.watch.ServiceFact.Booted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The boots of a host, from the events that each of them leaves: EventLog 6005 and 6009 and
 * Kernel-General 12 at the start, 6006 or Kernel-General 13 at an orderly end, nothing at another.
 */
final class Boots {
  /** The events of one boot come within this time. */
  private static final Duration ONE_BOOT = Duration.ofMinutes(2);

  private static final int MOST = 100;

  private final List<Booted> boots = new ArrayList<>();
  private @Nullable Instant down;
  private @Nullable Instant alive;

  List<Booted> all() {
    return List.copyOf(boots);
  }

  /** The log has a record of that time, so the host was up. */
  void alive(Instant at) {
    alive = at;
  }

  /** When the host was last known to be up before its newest boot; empty when nobody knows. */
  Optional<Instant> alive() {
    return Optional.ofNullable(alive);
  }

  /** The host went down in order. */
  void down(Instant at) {
    down = at;
  }

  /** The host came up; empty if that is known already. */
  Optional<Booted> up(Instant at) {
    boolean known =
        boots.stream().anyMatch(b -> Duration.between(b.up(), at).abs().compareTo(ONE_BOOT) < 0);
    if (known) {
      return Optional.empty();
    }
    Booted boot = new Booted(Optional.ofNullable(down), at);
    down = null;
    replay(boot);
    return Optional.of(boot);
  }

  void replay(Booted boot) {
    boots.add(boot);
    if (boots.size() > MOST) {
      boots.remove(0);
    }
  }
}
