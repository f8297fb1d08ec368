package dev.imfexporter.overview;

import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which release of the definition an episode is about, where its installer named only the article
 * that all releases share: the folder and the registry key of the version were not seen in it,
 * because the exporter did not run then or may not read them.
 */
final class Releases {
  /** Hosts that got a release within this time got the same one: they are two weeks apart. */
  private static final Duration ROLL_OUT = Duration.ofDays(1);

  /** When hosts got each version. */
  private final Map<String, NavigableSet<Instant>> seen = new TreeMap<>();

  /** The versions that came in episodes of a host, by its name. */
  private final Map<String, Set<String>> ofHosts = new HashMap<>();

  private Releases() {}

  static Releases of(List<HostSnapshot> hosts) {
    Releases releases = new Releases();
    hosts.forEach(
        host ->
            host.history().episodes().all().forEach(episode -> releases.add(host.name(), episode)));
    return releases;
  }

  private void add(String host, Episode episode) {
    for (UpdateMarker marker : episode.markers()) {
      if (UpdateName.isVersion(marker)) {
        seen.computeIfAbsent(marker.id(), version -> new TreeSet<>()).add(episode.began());
        ofHosts.computeIfAbsent(host, name -> new TreeSet<>()).add(marker.id());
      }
    }
  }

  /** The updates that an episode of this host may be about, with the title of each. */
  Map<UpdateName, String> names(HostSnapshot host, Episode episode) {
    Map<UpdateName, String> own = UpdateName.of(episode);
    return release(host, episode).map(version -> renamed(own, version)).orElse(own);
  }

  /** The release that an episode is about; empty if that is not known, or it says so itself. */
  Optional<String> release(HostSnapshot host, Episode episode) {
    List<UpdateMarker> installer =
        episode.markers().stream()
            .filter(marker -> marker.update() == UpdateKind.DEFINITION)
            .filter(marker -> marker.marker().isInstaller())
            .toList();
    return installer.isEmpty() || UpdateName.isVersioned(episode)
        ? Optional.empty()
        : readLater(host, installer)
            .or(() -> ofTheDay(episode.began()))
            .filter(version -> !ofHosts.getOrDefault(host.name(), Set.of()).contains(version));
  }

  /** The version whose folder or registry key is as old as the report of the installer. */
  private static Optional<String> readLater(HostSnapshot host, List<UpdateMarker> installer) {
    return host.history().updates().markers().stream()
        .filter(UpdateName::isVersion)
        .filter(version -> installer.stream().anyMatch(of -> of.isNear(version.at())))
        .map(UpdateMarker::id)
        .findFirst();
  }

  /** The version that hosts got within a day; empty if they got several. */
  private Optional<String> ofTheDay(Instant began) {
    List<String> near =
        seen.entrySet().stream()
            .filter(of -> isNear(of.getValue(), began))
            .map(Map.Entry::getKey)
            .limit(2)
            .toList();
    return near.size() == 1 ? Optional.of(near.get(0)) : Optional.empty();
  }

  private static boolean isNear(NavigableSet<Instant> times, Instant began) {
    return !times.subSet(began.minus(ROLL_OUT), true, began.plus(ROLL_OUT), true).isEmpty();
  }

  private static Map<UpdateName, String> renamed(Map<UpdateName, String> own, String version) {
    Map<UpdateName, String> titles = new LinkedHashMap<>();
    titles.put(UpdateName.ofRelease(version), version);
    own.forEach(
        (name, title) -> {
          if (name.kind() != UpdateKind.DEFINITION) {
            titles.put(name, title);
          }
        });
    return titles;
  }
}
