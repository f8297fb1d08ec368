package dev.imfexporter.overview;

import dev.imfexporter.watch.model.HostSnapshot;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All hosts as they were last read.
 *
 * @param hosts the worst first
 * @param counts how many are in each state; each state has a number
 */
public record FleetOverview(List<HostOverview> hosts, Map<HostState, Integer> counts) {
  public FleetOverview {
    hosts = List.copyOf(hosts);
    counts = new EnumMap<>(counts);
  }

  public static FleetOverview of(List<HostSnapshot> snapshots, Instant now) {
    Map<HostState, Integer> counts = new EnumMap<>(HostState.class);
    for (HostState state : HostState.values()) {
      counts.put(state, 0);
    }
    List<HostOverview> hosts =
        snapshots.stream()
            .map(host -> HostOverview.of(host, now))
            .sorted(HostOverview.WORST_FIRST)
            .toList();
    hosts.forEach(host -> counts.merge(host.state(), 1, Integer::sum));
    return new FleetOverview(hosts, counts);
  }

  /** How many are in this state. */
  public int count(HostState state) {
    return counts.getOrDefault(state, 0);
  }

  /** The hosts that a query asks for. */
  public Slice select(HostQuery query) {
    String part = query.name().toLowerCase(Locale.ROOT);
    List<HostOverview> found =
        hosts.stream()
            .filter(host -> query.state().map(host.state()::equals).orElse(true))
            .filter(host -> host.name().toLowerCase(Locale.ROOT).contains(part))
            .toList();
    int from = (int) Math.min(found.size(), (query.page() - 1L) * query.rows());
    int to = Math.min(found.size(), from + query.rows());
    int pages = Math.max(1, (found.size() + query.rows() - 1) / query.rows());
    return new Slice(found.subList(from, to), found.size(), from, pages);
  }

  /**
   * A page of hosts.
   *
   * @param found how many hosts the query finds on all pages
   * @param from how many of them are on the pages before
   * @param pages at least 1
   */
  public record Slice(List<HostOverview> hosts, int found, int from, int pages) {
    public Slice {
      hosts = List.copyOf(hosts);
    }
  }
}
