package dev.imfexporter.fleet;

import dev.imfexporter.config.HostConfig;
import dev.imfexporter.diagnosis.DayEvents;
import dev.imfexporter.diagnosis.FreshReading;
import dev.imfexporter.http.Watched.Target;
import dev.imfexporter.watch.clock.TimeSource;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.ObservedHost;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A host of the configuration.
 *
 * @param opened empty if it is not open yet, or could not be opened
 * @param observed never absent: of a host that is not open, it says why
 */
record FleetHost(HostConfig config, Optional<WatchedHost> opened, ObservedHost observed) {

  static FleetHost of(WatchedHost host) {
    return new FleetHost(host.config(), Optional.of(host), host.watcher());
  }

  static FleetHost opening(HostConfig config, TimeSource time) {
    return new FleetHost(config, Optional.empty(), new OpeningHost(config, time));
  }

  static FleetHost unopened(HostConfig config, String why, Instant since) {
    return new FleetHost(config, Optional.empty(), UnopenedHost.failed(config, why, since));
  }

  /** As {@link WatchedHost#readNow}. */
  FreshReading readNow(HostSnapshot snapshot, Instant now) {
    return opened
        .map(host -> host.readNow(snapshot, now))
        .orElseGet(() -> new FreshReading(snapshot, new DayEvents.Unreadable(), now));
  }

  /** Whether it is watched as configured there. */
  boolean watches(HostConfig host) {
    return opened.isPresent() && config.equals(host);
  }

  /** Whether it could not be opened as configured there. */
  boolean failedOn(HostConfig host) {
    return opened.isEmpty() && config.equals(host);
  }

  /** As {@link WatchedHost#close(Collection)}. */
  static void close(Collection<FleetHost> hosts) {
    WatchedHost.close(hosts.stream().flatMap(host -> host.opened().stream()).toList());
  }

  /** For the service discovery of Prometheus. */
  static Target target(HostConfig host) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("access", host.access().word());
    host.moduleName().ifPresent(module -> labels.put("module", module));
    host.smb().ifPresent(smb -> labels.put("auth", smb.auth().name()));
    return new Target(host.name(), labels);
  }
}
