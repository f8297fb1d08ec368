package dev.imfexporter.cli;

import dev.imfexporter.watch.LikelyCauses;
import dev.imfexporter.watch.SettingChanges;
import dev.imfexporter.watch.UnsettledOutages;
import dev.imfexporter.watch.clock.HostTime;
import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.fact.ServiceFact;
import dev.imfexporter.watch.fact.UpdateFact;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.LikelyCause;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.OutageId;
import dev.imfexporter.watch.model.TypicalRestart;
import dev.imfexporter.watch.model.UpdateChanges;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The outages and episodes of a host, and their likely causes.
 *
 * @param outages the earliest begin first; without an end if it lasts
 * @param typical what the restarts before an outage typically took; absent below three, and for an
 *     outage that is not comparable
 * @param episodes the lowest number first
 * @param changes what was different after an episode, by its number
 * @param causes the known troubles that were likely, the earliest begin first
 * @param asOf when the exporter last wrote of the host; empty when that is not known
 */
record HostHistoryRecord(
    String host,
    List<Outage> outages,
    Map<OutageId, TypicalRestart> typical,
    List<Episode> episodes,
    Map<Long, UpdateChanges> changes,
    List<LikelyCause> causes,
    Optional<Instant> asOf) {
  /** While a host is watched, its exporter writes every few minutes. */
  private static final Duration SILENT = Duration.ofMinutes(15);

  HostHistoryRecord {
    outages = List.copyOf(outages);
    typical = Map.copyOf(typical);
    episodes = List.copyOf(episodes);
    changes = Map.copyOf(changes);
    causes = List.copyOf(causes);
  }

  /** Collects them from the facts of a journal, in the order of the journal. */
  static HostHistoryRecord of(String host, List<Fact> facts) {
    return of(host, facts, Optional.empty());
  }

  /** As {@link #of(String, List)}, with when the newest fact was written. */
  static HostHistoryRecord of(String host, List<Fact> facts, Optional<Instant> written) {
    List<Outage> outages = new ArrayList<>();
    Map<Long, Episode> episodes = new TreeMap<>();
    HostTime time = new HostTime();
    for (Fact fact : facts) {
      if (fact instanceof Fact.ClockSet set) {
        time.replay(set);
      } else if (fact instanceof ServiceFact.OutageSettled settled) {
        outages.add(settled.outage());
      } else if (fact instanceof UpdateFact.EpisodeChanged changed) {
        episodes.put(changed.episode().number(), changed.episode());
      }
    }
    outages.addAll(UnsettledOutages.in(facts));
    // The journal of an earlier build may have an outage in its episode alone.
    for (Episode episode : episodes.values()) {
      for (Outage outage : episode.outages()) {
        if (outages.stream().noneMatch(other -> other.id().equals(outage.id()))) {
          outages.add(outage);
        }
      }
    }
    outages.sort(Comparator.comparing(Outage::began));
    return new HostHistoryRecord(
        host,
        outages.stream().map(outage -> outage.on(time::wall)).toList(),
        typical(outages),
        episodes.values().stream().map(episode -> episode.on(time::wall)).toList(),
        SettingChanges.in(facts).entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, of -> of.getValue().on(time::wall))),
        LikelyCauses.in(facts).stream().map(cause -> cause.on(time::wall)).toList(),
        written);
  }

  /** Whether no exporter seems to watch the host any more, or it writes elsewhere. */
  boolean isOld(Instant now) {
    return asOf.filter(at -> at.plus(SILENT).isBefore(now)).isPresent();
  }

  /** The last moment of which anything is known; now if that moment is not known. */
  Instant end(Instant now) {
    return asOf.orElse(now);
  }

  private static Map<OutageId, TypicalRestart> typical(List<Outage> outages) {
    Map<OutageId, TypicalRestart> typical = new HashMap<>();
    Map<String, List<Outage>> before = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Outage outage : outages) {
      List<Outage> same = before.computeIfAbsent(outage.service(), name -> new ArrayList<>());
      if (outage.isComparable()) {
        TypicalRestart.of(same).ifPresent(of -> typical.put(outage.id(), of));
      }
      same.add(outage);
    }
    return typical;
  }

  /** What the restarts before this outage typically took; empty where that is not known. */
  Optional<TypicalRestart> typicalBefore(Outage outage) {
    return Optional.ofNullable(typical.get(outage.id()));
  }

  /** Leaves out what ended before that time. */
  HostHistoryRecord since(Instant time) {
    return new HostHistoryRecord(
        host,
        outages.stream().filter(o -> !o.ended().orElse(Instant.MAX).isBefore(time)).toList(),
        typical,
        episodes.stream().filter(e -> !e.closed().orElse(Instant.MAX).isBefore(time)).toList(),
        changes,
        causes.stream().filter(c -> !c.until().orElse(Instant.MAX).isBefore(time)).toList(),
        asOf);
  }
}
