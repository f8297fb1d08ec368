package dev.imfexporter.watch.model;

import dev.imfexporter.collector.UpdateKind;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * Evidence of an update, with its time.
 *
 * @param id what names the update: its article, or the version of the definition; "" when unknown
 * @param title of the update, cut at 128 characters, or the version of the definition
 * @param back whether its version is lower than the one before
 */
public record UpdateMarker(
    MarkerType marker, UpdateKind update, Instant at, String id, String title, boolean back) {
  /** An outage that begins in this time before a marker belongs to it. */
  public static final Duration BEFORE = Duration.ofMinutes(10);

  /** An outage that begins in this time after a marker belongs to it. */
  public static final Duration AFTER = Duration.ofMinutes(30);

  /** Whether an outage that began then, or another change of a service, belongs to it by time. */
  public boolean isNear(Instant change) {
    return !change.isBefore(at.minus(BEFORE)) && !change.isAfter(at.plus(AFTER));
  }

  /** The same marker with its time converted. */
  public UpdateMarker on(UnaryOperator<Instant> clock) {
    return new UpdateMarker(marker, update, clock.apply(at), id, title, back);
  }
}
