package dev.imfexporter.watch.model;

import static dev.imfexporter.access.WellKnownServices.SMTP;

import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Components;
import dev.imfexporter.collector.Components.Component;
import dev.imfexporter.collector.Timed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which third-party modules {@code inetinfo.exe} has while SMTP runs in it. SMTP loads its event
 * sinks itself: a process that runs without it, as after a start of IIS Admin alone, lacks them.
 */
public final class LoadedModules {
  private LoadedModules() {}

  /**
   * Whether the newest reading of the modules is of a time at which SMTPSVC was not out; false
   * without a reading.
   */
  public static boolean areOfRunningSmtp(HostSnapshot host) {
    Timed<Components> reading = host.collected().get(CollectorKey.COMPONENTS);
    List<Outage> outages =
        host.history().outages().stream()
            .filter(outage -> outage.service().equalsIgnoreCase(SMTP))
            .toList();
    boolean downSinceUnknown =
        host.down().stream().anyMatch(service -> service.name().equals(SMTP))
            && outages.stream().allMatch(outage -> outage.ended().isPresent());
    return reading.value().isPresent()
        && !downSinceUnknown
        && outages.stream().noneMatch(outage -> isWithin(outage, reading.at()));
  }

  private static boolean isWithin(Outage outage, Instant at) {
    return !at.isBefore(outage.began()) && at.isBefore(outage.ended().orElse(Instant.MAX));
  }

  /**
   * The names of the third-party modules that a host had when an update came, as far as is known;
   * case does not matter. Besides the newest reading, they are those that were listed while IIS
   * Admin stopped and started in the episode, and those that were gone after it.
   *
   * @return empty if none is known and no reading says that there was none
   */
  public static Optional<Set<String>> before(HostSnapshot host, Episode episode) {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    boolean read = areOfRunningSmtp(host);
    Optional<Components> newest = host.collected().value(CollectorKey.COMPONENTS);
    if (read) {
      newest.ifPresent(of -> of.thirdParty().forEach(component -> names.add(component.name())));
    }
    host.history().waits().of(episode).stream()
        .flatMap(wait -> wait.loaded().stream())
        .forEach(loaded -> names.add(loaded.component().name()));
    host.history().episodes().changes(episode).stream()
        .flatMap(LoadedModules::gone)
        .forEach(names::add);
    newest.ifPresent(of -> of.own().stream().map(Component::name).forEach(names::remove));
    return read || !names.isEmpty() ? Optional.of(names) : Optional.empty();
  }

  private static Stream<String> gone(UpdateChanges changes) {
    return changes.changes().stream()
        .filter(change -> change.kind() == SettingKind.MODULE && change.after().isEmpty())
        .map(UpdateChanges.Change::of);
  }
}
