package dev.imfexporter.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When the host was seen to be up: what came before a look that found it up again. */
final class Looks {
  /** Two looks that are this close have no boot between them. */
  private static final Duration CLOSE = Duration.ofSeconds(20);

  private @Nullable Instant last;
  private @Nullable Instant beforeGap;

  /** The host answered. */
  void at(Instant look) {
    Instant former = last;
    if (former != null && Duration.between(former, look).compareTo(CLOSE) > 0) {
      beforeGap = former;
    }
    last = look;
  }

  /** The last look before that time, as far as it matters for a boot; empty if there was none. */
  Optional<Instant> before(Instant time) {
    Instant newest = last;
    if (newest != null && newest.isBefore(time)) {
      return Optional.of(newest);
    }
    return Optional.ofNullable(beforeGap).filter(look -> look.isBefore(time));
  }

  /** The exporter's clock was set. */
  void shift(Duration by) {
    last = last == null ? null : last.plus(by);
    beforeGap = beforeGap == null ? null : beforeGap.plus(by);
  }
}
