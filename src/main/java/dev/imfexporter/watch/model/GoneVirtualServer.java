package dev.imfexporter.watch.model;

import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * A virtual server that SMTPSVC no longer has since it was started anew: an update or an upgrade
 * lost it. One that disappears while SMTPSVC runs was removed by an administrator and is not told.
 *
 * @param name of the instance, e.g. {@code SMTP 2}
 * @param lastListed when the counters last listed it
 */
public record GoneVirtualServer(String name, Instant lastListed) {
  /** The same with its time converted. */
  public GoneVirtualServer on(UnaryOperator<Instant> clock) {
    return new GoneVirtualServer(name, clock.apply(lastListed));
  }
}
