package dev.imfexporter.fleet;

import dev.imfexporter.config.Config;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Replaced as a whole by a reload, so that a reader sees one configuration and its hosts.
 *
 * @param hosts by {@link #key}, in the order of the configuration
 * @param since when the configuration was loaded
 */
record FleetState(Config config, Map<String, FleetHost> hosts, Instant since) {

  Collection<FleetHost> all() {
    return hosts.values();
  }

  Optional<FleetHost> find(String name) {
    return Optional.ofNullable(hosts.get(key(name)));
  }

  Stream<WatchedHost> opened() {
    return all().stream().flatMap(host -> host.opened().stream());
  }

  /** Names that differ in case alone name one host, as in the configuration and the journal. */
  static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Those that are none of the others: a reload keeps the object of a host that it keeps. */
  static List<FleetHost> without(Collection<FleetHost> hosts, Collection<FleetHost> others) {
    Set<FleetHost> known = Collections.newSetFromMap(new IdentityHashMap<>());
    known.addAll(others);
    return hosts.stream().filter(Predicate.not(known::contains)).toList();
  }
}
