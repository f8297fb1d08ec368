package dev.imfexporter.watch.model;

import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A known trouble that was likely for some time.
 *
 * @param trouble its word; a journal of a newer version may have one that this version does not
 *     know
 * @param until empty while it is likely
 */
public record LikelyCause(String trouble, Instant from, Optional<Instant> until) {
  /** The same with its times converted. */
  public LikelyCause on(UnaryOperator<Instant> clock) {
    return new LikelyCause(trouble, clock.apply(from), until.map(clock));
  }
}
