package dev.imfexporter.watch;

import java.time.Duration;
import java.time.Instant;

/**
 * When an outage is settled, and who should have told of it.
 *
 * @param events whether the host's event log can be read at all
 * @param readTo up to which time it has been read, on the exporter's clock
 * @param reported since when the host has reported the service's states by itself without a break;
 *     {@link Instant#MAX} if it does not
 */
record Merging(boolean events, Instant readTo, Instant reported) {
  /** Reports of one transition come within this time of each other. */
  static final Duration TOLERANCE = Duration.ofSeconds(2);

  /** Three outages in this time are a service that flaps. */
  static final Duration RECENT = Duration.ofMinutes(15);

  /** An event log that cannot be read right now is waited for so long. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Whether nothing more can be learned of an outage that ended then. */
  boolean settled(Instant ended, Instant now) {
    return !events
        || !readTo.isBefore(ended.plus(TOLERANCE))
        || !now.isBefore(ended.plus(PATIENCE));
  }

  /** How many of its two ends a witness should have told of and did not. */
  int disagreements(Outage outage) {
    boolean logged =
        !events
            || readTo.isBefore(outage.ended().orElse(Instant.MAX))
            || outage.witnesses().contains(Witness.EVENT);
    boolean called =
        !reported.isBefore(outage.began()) || outage.witnesses().contains(Witness.NOTIFICATION);
    return (logged ? 0 : 1) + (called ? 0 : 1);
  }
}
