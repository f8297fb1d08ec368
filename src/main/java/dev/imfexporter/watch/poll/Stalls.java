package dev.imfexporter.watch.poll;

import dev.imfexporter.watch.clock.Moment;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Detects that this program stood still (a paused process or virtual machine, a long collection of
 * garbage), by a beat that should come at every {@link #BEAT}. Thread-safe.
 */
final class Stalls {
  /** Between two beats. */
  static final Duration BEAT = Duration.ofSeconds(1);

  /** A beat that is later than this is one of a program that stood still. */
  private static final Duration LONGEST = BEAT.plusSeconds(1);

  /** After a stall, what was queued meanwhile arrives within this time. */
  private static final Duration QUEUE = Duration.ofSeconds(2);

  private @Nullable Moment newest;
  private @Nullable Moment ended;

  /**
   * Is called at every {@link #BEAT}.
   *
   * @return for how long the program stood still; empty if it did not
   */
  synchronized Optional<Duration> beat(Moment now) {
    Optional<Duration> stall =
        isLate(now) ? Optional.ofNullable(newest).map(now::since) : Optional.empty();
    ended = stall.isPresent() ? now : ended;
    newest = now;
    return stall;
  }

  /** Whether the program stands still until now, or did until a moment ago. */
  synchronized boolean stoodStill(Moment now) {
    return isLate(now) || (ended != null && now.since(ended).compareTo(QUEUE) <= 0);
  }

  /** Whether the program stood still at some time between. */
  synchronized boolean stoodStill(Moment since, Moment now) {
    return isLate(now) || (ended != null && !ended.isBefore(since));
  }

  private boolean isLate(Moment now) {
    return newest != null && now.since(newest).compareTo(LONGEST) > 0;
  }
}
