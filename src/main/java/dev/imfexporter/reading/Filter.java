package dev.imfexporter.reading;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The counters of the Intelligent Message Filter since SMTPSVC started.
 *
 * @param enabled whether the filter is bound to a virtual server; empty when not said
 * @param scanned messages that it looked at
 * @param actedUpon of these, those that it rejected, deleted or archived
 * @param rated how many got which spam confidence level, 0 to 9; levels not offered are absent
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
