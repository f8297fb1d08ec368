package dev.imfexporter.watch.outage;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When the host last answered a poll, and when it last did before a gap. */
public final class LastSeen {
  /** A host does not boot between two polls that are this close. */
  private static final Duration CLOSE = Duration.ofSeconds(20);

  private @Nullable Instant last;
  private @Nullable Instant beforeGap;

  /** The host answered. */
  void at(Instant poll) {
    Instant former = last;
    if (former != null && Duration.between(former, poll).compareTo(CLOSE) > 0) {
      beforeGap = former;
    }
    last = poll;
  }

  /** The newest of the two times that is before the given one; empty when there is none. */
  Optional<Instant> before(Instant time) {
    Instant newest = last;
    if (newest != null && newest.isBefore(time)) {
      return Optional.of(newest);
    }
    return Optional.ofNullable(beforeGap).filter(poll -> poll.isBefore(time));
  }
}
