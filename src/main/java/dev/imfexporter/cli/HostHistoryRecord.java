package dev.imfexporter.cli;

import dev.imfexporter.watch.UnsettledOutages;
import dev.imfexporter.watch.clock.HostTime;
import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.fact.ServiceFact;
import dev.imfexporter.watch.fact.UpdateFact;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.Outage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The outages and episodes of a host.
 *
 * @param outages the earliest begin first; without an end if it lasts
 * @param episodes the lowest number first
 */
record HostHistoryRecord(String host, List<Outage> outages, List<Episode> episodes) {
  HostHistoryRecord {
    outages = List.copyOf(outages);
    episodes = List.copyOf(episodes);
  }

  /** Collects them from the facts of a journal, in the order of the journal. */
  static HostHistoryRecord of(String host, List<Fact> facts) {
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
        episodes.values().stream().map(episode -> episode.on(time::wall)).toList());
  }

  /** Leaves out what ended before that time. */
  HostHistoryRecord since(Instant time) {
    return new HostHistoryRecord(
        host,
        outages.stream().filter(o -> !o.ended().orElse(Instant.MAX).isBefore(time)).toList(),
        episodes.stream().filter(e -> !e.closed().orElse(Instant.MAX).isBefore(time)).toList());
  }
}
