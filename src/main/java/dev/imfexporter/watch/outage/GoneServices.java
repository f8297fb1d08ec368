package dev.imfexporter.watch.outage;

import dev.imfexporter.collector.Services;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Decides when services that the host lists no longer are forgotten. */
final class GoneServices {
  /** Those that went last are kept for their time; a host that names ever other ones has more. */
  private static final int MOST = 64;

  private final Map<String, Instant> since = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /**
   * Takes a poll into account.
   *
   * @param gone all known services that it has not; compares names without case
   * @return those of them to forget
   */
  Set<String> polled(Set<String> gone, Instant seen) {
    since.keySet().retainAll(gone);
    gone.forEach(service -> since.putIfAbsent(service, seen));
    Set<String> forgotten = new HashSet<>();
    List<String> newestLast = new ArrayList<>(since.keySet());
    newestLast.sort(Comparator.comparing(since::get));
    for (int i = 0; i < newestLast.size(); i++) {
      Instant began = since.get(newestLast.get(i));
      boolean room = newestLast.size() - i <= MOST;
      if (!room || (began != null && began.plus(Services.REMEMBERED).isBefore(seen))) {
        forgotten.add(newestLast.get(i));
      }
    }
    since.keySet().removeAll(forgotten);
    return forgotten;
  }
}
