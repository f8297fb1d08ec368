package dev.imfexporter.watch.outage;

import dev.imfexporter.access.StartMode;
import dev.imfexporter.watch.fact.ServiceFact.StartModeObserved;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The start mode of one service, and when it became weaker. */
final class StartModes {
  private @Nullable StartModeObserved newest;
  private Optional<Instant> downgraded = Optional.empty();

  /** What it was before it became weaker; null when it did not, and when that is not known. */
  private @Nullable StartModeObserved stronger;

  /** Empty before the first was observed. */
  Optional<StartModeObserved> newest() {
    return Optional.ofNullable(newest);
  }

  /**
   * When the start mode last became weaker: from automatic to manual or disabled, or from manual to
   * disabled. Empty when it never did, while it is automatic, and once it is as it was before.
   */
  Optional<Instant> downgraded() {
    return downgraded;
  }

  void observe(StartModeObserved seen) {
    StartModeObserved last = newest;
    if (seen.equals(last)) {
      return;
    }
    if (seen.mode().automatic() || isAsBefore(seen)) {
      downgraded = Optional.empty();
      stronger = null;
    } else if (last != null && strength(seen.mode()) <= strength(last.mode())) {
      if (downgraded.isEmpty() && strength(seen.mode()) < strength(last.mode())) {
        stronger = last;
      }
      // The same mode once more corrects the time.
      downgraded = Optional.of(seen.at());
    }
    newest = seen;
  }

  private boolean isAsBefore(StartModeObserved seen) {
    return stronger != null && strength(seen.mode()) >= strength(stronger.mode());
  }

  private static int strength(StartMode mode) {
    return mode.automatic() ? 2 : mode == StartMode.MANUAL ? 1 : 0;
  }

  void restore(Optional<Instant> weakened) {
    downgraded = weakened;
  }

  /** Facts that, before {@link #restore}, replay to the same. */
  List<StartModeObserved> summary() {
    return Stream.of(stronger, newest).filter(Objects::nonNull).toList();
  }
}
