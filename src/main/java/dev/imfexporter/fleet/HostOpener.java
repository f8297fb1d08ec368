package dev.imfexporter.fleet;

import dev.imfexporter.config.Config;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.watch.clock.TimeSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Opens the hosts of a configuration, at the start and for a reload. */
final class HostOpener {
  private final HostFactory factory;
  private final TimeSource time;

  HostOpener(HostFactory factory, TimeSource time) {
    this.factory = factory;
    this.time = time;
  }

  /**
   * Keeps the old hosts that did not change and opens the others; closes none of the old ones. A
   * host that cannot be opened gives its facts back to the old host of its name.
   */
  Map<String, FleetHost> open(Config config, Map<String, FleetHost> old) throws UsageException {
    Map<String, FleetHost> all = new LinkedHashMap<>();
    boolean complete = false;
    try {
      for (HostConfig host : config.hosts()) {
        Optional<FleetHost> same =
            Optional.ofNullable(old.get(FleetState.key(host.name())))
                .filter(it -> it.watches(host));
        all.put(
            FleetState.key(host.name()), same.isPresent() ? same.get() : open(host, config, old));
      }
      complete = true;
      return all;
    } finally {
      if (!complete) {
        FleetHost.close(FleetState.without(all.values(), old.values()));
      }
    }
  }

  /**
   * A host that a defect keeps from being opened does not keep the others from being watched: at
   * the start, and if it was not open before. A reload is refused otherwise, as for other errors.
   */
  FleetHost open(HostConfig host, Config config, Map<String, FleetHost> old) throws UsageException {
    try {
      return FleetHost.of(factory.open(host, config.hosts().size() > 1));
    } catch (OpenFailed e) {
      FleetHost before = old.get(FleetState.key(host.name()));
      if (!old.isEmpty() && (before == null || !before.failedOn(host))) {
        throw e;
      }
      return FleetHost.unopened(host, String.valueOf(e.getMessage()), time.now().wall());
    }
  }
}
