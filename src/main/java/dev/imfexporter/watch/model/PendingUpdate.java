package dev.imfexporter.watch.model;

import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * An update that Windows has announced, and that no event has reported as installed or failed
 * since.
 *
 * @param id its article; "" when unknown
 * @param title cut at 128 characters
 * @param announced when it last was
 */
public record PendingUpdate(String id, String title, Instant announced) {
  /** How many of a host are kept, the newest. */
  public static final int MOST = 20;

  /** The same update with its time converted. */
  public PendingUpdate on(UnaryOperator<Instant> clock) {
    return new PendingUpdate(id, title, clock.apply(announced));
  }
}
