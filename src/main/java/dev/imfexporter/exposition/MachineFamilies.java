package dev.imfexporter.exposition;

import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Components;
import dev.imfexporter.collector.HostClockState;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.metric.HostMetrics;
import dev.imfexporter.watch.model.ComponentWait;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The host itself, and what its inetinfo.exe has loaded. */
final class MachineFamilies {
  private static final String MODULE = "module";

  private MachineFamilies() {}

  static void add(Families families, HostSnapshot snapshot) {
    snapshot
        .failures()
        .counts()
        .forEach((reason, count) -> families.of(HostMetrics.ERRORS).add(count, reason.word()));
    Timed<HostClockState> clock = snapshot.collected().get(CollectorKey.HOST);
    boolean own = snapshot.access().sharesClock();
    clock.value().ifPresent(state -> host(families, state, clock.at(), own));
    snapshot
        .collected()
        .value(CollectorKey.COMPONENTS)
        .ifPresent(read -> components(families, read));
    for (Phase phase : List.of(Phase.STOP, Phase.START)) {
      snapshot.history().waits().last(phase).ifPresent(wait -> componentWait(families, wait));
    }
    snapshot
        .collected()
        .value(CollectorKey.SERVICES)
        .ifPresent(read -> families.of(HostMetrics.SERVICES_UNLISTED).add((long) read.unlisted()));
    snapshot
        .collected()
        .value(CollectorKey.SMTP)
        .ifPresent(
            read -> families.of(HostMetrics.VIRTUAL_SERVERS_UNLISTED).add((long) read.unlisted()));
  }

  /** Of files with the same name, the one that was there for longest. */
  private static void componentWait(Families families, ComponentWait wait) {
    Map<String, Duration> longest = new TreeMap<>();
    for (ComponentWait.Loaded module : wait.loaded()) {
      longest.merge(
          module.component().name(), wait.waited(module), (a, b) -> a.compareTo(b) < 0 ? b : a);
    }
    longest.forEach(
        (name, waited) ->
            families.of(HostMetrics.COMPONENT_WAIT).add(waited, name, wait.phase().word()));
  }

  private static void host(Families families, HostClockState state, Instant now, boolean own) {
    // The uptime comes in ticks of some milliseconds; whole seconds keep the boot one value.
    long booted = Math.round((now.toEpochMilli() - state.sinceBoot().toMillis()) / 1000.0);
    families.of(HostMetrics.BOOT).add(booted);
    families.of(HostMetrics.REBOOT_PENDING).add(state.rebootPending().isPresent());
    families.of(HostMetrics.REBOOT_PENDING_SINCE).add(state.rebootPending());
    Duration offset = Duration.between(now, state.time());
    // An offset within the error of the measurement is none.
    boolean known = !own && offset.abs().compareTo(state.error()) > 0;
    families.of(HostMetrics.CLOCK_OFFSET).add(known ? offset : Duration.ZERO);
  }

  private static void components(Families families, Components components) {
    for (Components.Component component : components.thirdParty()) {
      families
          .of(HostMetrics.COMPONENT)
          .add(1, MODULE, component.name(), component.company(), component.version());
    }
    families.of(HostMetrics.COMPONENTS_STANDARD).add(components.standard(), MODULE);
    families.of(HostMetrics.MODULES_UNLISTED).add((double) components.unlisted());
  }
}
