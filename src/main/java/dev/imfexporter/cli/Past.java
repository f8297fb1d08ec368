package dev.imfexporter.cli;

import dev.imfexporter.watch.Episode;
import dev.imfexporter.watch.Fact;
import dev.imfexporter.watch.Outage;
import dev.imfexporter.watch.ServiceFact;
import dev.imfexporter.watch.UpdateFact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What happened to a host, as far as the facts tell.
 *
 * @param outages in the order of their begins
 * @param episodes by number
 */
record Past(String host, List<Outage> outages, List<Episode> episodes) {
  /** How far apart two witnesses of one moment may be. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  Past {
    outages = List.copyOf(outages);
    episodes = List.copyOf(episodes);
  }

  static Past of(String host, List<Fact> facts) {
    List<Outage> outages = new ArrayList<>();
    Map<Long, Episode> episodes = new TreeMap<>();
    for (Fact fact : facts) {
      if (fact instanceof ServiceFact.Settled settled) {
        outages.add(settled.outage());
      } else if (fact instanceof UpdateFact.EpisodeChanged changed) {
        episodes.put(changed.episode().number(), changed.episode());
      }
    }
    // An outage that is not settled yet, such as one that lasts, is told by its episode alone.
    for (Episode episode : episodes.values()) {
      for (Outage outage : episode.outages()) {
        if (outages.stream().noneMatch(other -> same(outage, other))) {
          outages.add(outage);
        }
      }
    }
    outages.sort(Comparator.comparing(Outage::began));
    return new Past(host, outages, List.copyOf(episodes.values()));
  }

  /** What was not over by then. */
  Past since(Instant time) {
    return new Past(
        host,
        outages.stream().filter(o -> !o.ended().orElse(Instant.MAX).isBefore(time)).toList(),
        episodes.stream().filter(e -> !e.closed().orElse(Instant.MAX).isBefore(time)).toList());
  }

  boolean isEmpty() {
    return outages.isEmpty() && episodes.isEmpty();
  }

  /** A service is out once at a time. */
  private static boolean same(Outage one, Outage other) {
    return one.service().equalsIgnoreCase(other.service())
        && one.began().minus(SLACK).isBefore(other.ended().orElse(Instant.MAX))
        && other.began().minus(SLACK).isBefore(one.ended().orElse(Instant.MAX));
  }
}
