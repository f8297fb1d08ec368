package dev.imfexporter.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.imfexporter.api.HistoryShape;
import dev.imfexporter.api.Json;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.LikelyCause;
import dev.imfexporter.watch.model.Outage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * History for programs: an array of outages, episodes and likely causes, and for each host when its
 * exporter last wrote. Times are in UTC, durations in seconds; what is not known is null.
 */
final class HistoryJson {
  private HistoryJson() {}

  /** Ends with a line break. */
  static String of(List<HostHistoryRecord> hosts) {
    ArrayNode rows = Json.array();
    for (HostHistoryRecord host : hosts) {
      host.asOf().ifPresent(at -> add(rows.addObject(), host.host(), at));
      host.outages().forEach(outage -> add(rows.addObject(), host, outage));
      host.episodes().forEach(episode -> add(rows.addObject(), host, episode));
      host.causes().forEach(cause -> add(rows.addObject(), host.host(), cause));
    }
    return Json.text(rows);
  }

  private static void add(ObjectNode row, String host, Instant asOf) {
    row.put("type", "journal").put("host", host).put("as_of", asOf.toString());
  }

  private static void add(ObjectNode row, HostHistoryRecord host, Outage outage) {
    row.put("type", "outage");
    HistoryShape.outage(row, host.host(), outage, host.typicalBefore(outage));
  }

  private static void add(ObjectNode row, HostHistoryRecord host, Episode episode) {
    row.put("type", "episode");
    HistoryShape.episode(
        row, host.host(), episode, Optional.ofNullable(host.changes().get(episode.number())));
  }

  private static void add(ObjectNode row, String host, LikelyCause cause) {
    row.put("type", "cause");
    HistoryShape.cause(row, host, cause);
  }
}
