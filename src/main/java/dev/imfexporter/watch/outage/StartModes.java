package dev.imfexporter.watch.outage;

import dev.imfexporter.access.StartMode;
import dev.imfexporter.watch.fact.ServiceFact.StartModeObserved;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The start mode of one service, and when it became weaker. */
final class StartModes {
  private @Nullable StartModeObserved newest;
  private Optional<Instant> downgraded = Optional.empty();

  /** Empty before the first was observed. */
  Optional<StartModeObserved> newest() {
    return Optional.ofNullable(newest);
  }

  /**
   * When the start mode last became weaker: from automatic to manual or disabled, or from manual to
   * disabled. Empty when it never did, and while it is automatic.
   */
  Optional<Instant> downgraded() {
    return downgraded;
  }

  void observe(StartModeObserved seen) {
    StartModeObserved last = newest;
    if (seen.equals(last)) {
      return;
    }
    if (seen.mode().automatic()) {
      downgraded = Optional.empty();
    } else if (last != null && strength(seen.mode()) <= strength(last.mode())) {
      // The same mode once more corrects the time.
      downgraded = Optional.of(seen.at());
    }
    newest = seen;
  }

  private static int strength(StartMode mode) {
    return mode.automatic() ? 2 : mode == StartMode.MANUAL ? 1 : 0;
  }

  void restore(Optional<Instant> weakened) {
    downgraded = weakened;
  }
}
