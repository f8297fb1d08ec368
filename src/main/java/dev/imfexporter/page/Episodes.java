package dev.imfexporter.page;

import dev.imfexporter.collector.DefinitionVersion;
import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.HostHistory;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.OutageId;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.StartedBy;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Episodes and what belongs to them, in words for pages. */
final class Episodes {
  private Episodes() {}

  static String address(HostSnapshot host, Episode episode) {
    return HostsAddress.of(host) + "/episodes/" + episode.number();
  }

  /**
   * The outages that a snapshot has, the earliest begin first: the newest of all services, and
   * those of the episodes that are kept.
   */
  static List<Outage> outages(HostHistory history) {
    Map<OutageId, Outage> all = new LinkedHashMap<>();
    for (Episode episode : history.episodes().all()) {
      // In an episode that is over, an outage without an end had one that no source reported.
      episode.outages().stream()
          .filter(outage -> outage.ended().isPresent())
          .forEach(outage -> all.put(outage.id(), outage));
    }
    history.outages().forEach(outage -> all.put(outage.id(), outage));
    return all.values().stream().sorted(Comparator.comparing(Outage::began)).toList();
  }

  /** {@code Episode 3, definition 6.5.7960.0}. */
  static String name(Episode episode) {
    return "Episode %d, %s".formatted(episode.number(), update(episode));
  }

  static String update(Episode episode) {
    if (episode.title().isEmpty()) {
      return episode.update() == UpdateKind.DEFINITION ? "a definition" : "an update of Windows";
    }
    // The title of an installer says what it is, the version of a definition does not.
    boolean version =
        episode.update() == UpdateKind.DEFINITION
            && DefinitionVersion.of(episode.title()).isPresent();
    return version ? "definition " + episode.title() : episode.title();
  }

  /** How it ended, or where it stands. */
  static String word(Episode episode) {
    return episode
        .outcome()
        .map(Episode.Outcome::spaced)
        .orElseGet(
            () ->
                switch (episode.state()) {
                  case OPEN -> "not over";
                  case VERIFYING -> "being verified";
                  case HALTED -> "mail is halted";
                  case CLOSED -> "over";
                });
  }

  static String words(UpdateMarker marker) {
    String what = marker.marker().clause();
    return marker.title().isEmpty() ? what : what + ": " + marker.title();
  }

  /** Its phases, and who ended it. */
  static String words(Outage outage) {
    String phases =
        Stream.of(Phase.values())
            .filter(outage.phases()::containsKey)
            .map(phase -> phase.word() + " " + phase(outage, phase))
            .collect(Collectors.joining(", "));
    String out = outage.crash() ? "crashed" : outage.shutdown() ? "out, by a reboot" : "out";
    String by =
        outage
            .startedBy()
            .filter(who -> who != StartedBy.UNATTRIBUTED)
            .map(who -> "; started again by " + words(who))
            .orElse("");
    return out + (phases.isEmpty() ? "" : ": " + phases) + by;
  }

  private static String phase(Outage outage, Phase phase) {
    return TimeWords.duration(outage.phases().getOrDefault(phase, Duration.ZERO));
  }

  static String words(StartedBy by) {
    return by.phrase();
  }
}
