package dev.imfexporter.collector;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.HostAccess;

/**
 * Reads one thing from a host in one go. A call blocks, perhaps for ever, and is never made twice
 * at the same time; the caller sets the deadline, measures the time and turns exceptions into
 * results.
 *
 * @param <T> the value
 */
@FunctionalInterface
public interface Collector<T> {

  /**
   * @throws NotApplicable if this host has nothing of the kind
   */
  T take(HostAccess host) throws AccessException, NotApplicable;

  /** The next {@link #take} reads anew what is kept from earlier ones. Thread-safe. */
  default void forget() {}
}
