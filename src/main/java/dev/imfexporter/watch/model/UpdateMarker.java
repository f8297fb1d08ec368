package dev.imfexporter.watch.model;

import dev.imfexporter.collector.UpdateKind;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * Evidence of an update, with its time.
 *
 * @param id what names the update: its article, or the version of the definition; "" when unknown
 * @param title of the update, cut at 80 characters, or the version of the definition
 * @param back whether its version is lower than the one before
 */
public record UpdateMarker(
    MarkerType marker, UpdateKind update, Instant at, String id, String title, boolean back) {

  /** The same marker with its time converted. */
  public UpdateMarker on(UnaryOperator<Instant> clock) {
    return new UpdateMarker(marker, update, clock.apply(at), id, title, back);
  }
}
