package dev.imfexporter.collector;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The counters of the Intelligent Message Filter since SMTPSVC started.
 *
 * @param enabled whether the filter is bound to a virtual server; empty if not known
 * @param scanned the number of messages that it scanned; empty if the host has no such counter
 * @param actedUpon the number of these that it rejected, deleted or archived; empty as above
 * @param rated the number of messages by spam confidence level, 0 to 9; levels without a counter
 *     are absent
 */
public record Filter(
    Optional<Boolean> enabled,
    Optional<Long> scanned,
    Optional<Long> actedUpon,
    Map<Integer, Long> rated) {
  public Filter {
    rated = Collections.unmodifiableMap(new TreeMap<>(rated));
  }
}
