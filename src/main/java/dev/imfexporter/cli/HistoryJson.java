package dev.imfexporter.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.LikelyCause;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.model.StartedBy;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * History for programs: an array of outages, episodes and likely causes, and for each host when its
 * exporter last wrote. Times are in UTC, durations in seconds; what is not known is null.
 */
final class HistoryJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          // Text of a host must not control a terminal that prints it.
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private HistoryJson() {}

  /** Ends with a line break. */
  static String of(List<HostHistoryRecord> hosts) {
    ArrayNode rows = MAPPER.createArrayNode();
    for (HostHistoryRecord host : hosts) {
      host.asOf().ifPresent(at -> add(rows.addObject(), host.host(), at));
      host.outages().forEach(outage -> add(rows.addObject(), host, outage));
      host.episodes().forEach(episode -> add(rows.addObject(), host.host(), episode));
      host.causes().forEach(cause -> add(rows.addObject(), host.host(), cause));
    }
    try {
      return MAPPER.writeValueAsString(rows) + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of texts and numbers can be written", e);
    }
  }

  private static void add(ObjectNode row, String host, Instant asOf) {
    row.put("type", "journal").put("host", host).put("as_of", asOf.toString());
  }

  private static void add(ObjectNode row, HostHistoryRecord host, Outage outage) {
    row.put("type", "outage").put("host", host.host()).put("service", outage.service());
    row.put("began", outage.began().toString()).put("ended", time(outage.ended()));
    row.put("duration_seconds", seconds(outage.total()));
    row.put("typical_seconds", seconds(host.typicalBefore(outage).map(of -> of.total().median())));
    ObjectNode phases = row.putObject("phase_seconds");
    for (Phase phase : Phase.values()) {
      phases.put(phase.word(), seconds(Optional.ofNullable(outage.phases().get(phase))));
    }
    row.put("started_by", outage.startedBy().map(StartedBy::word).orElse(null));
    row.put("crash", outage.crash()).put("shutdown", outage.shutdown());
    ArrayNode sources = row.putArray("sources");
    outage.sources().stream().sorted().map(Source::word).forEach(sources::add);
  }

  private static void add(ObjectNode row, String host, Episode episode) {
    row.put("type", "episode").put("host", host).put("number", episode.number());
    row.put("update", episode.update().word()).put("title", episode.title());
    row.put("state", episode.state().word());
    row.put("outcome", episode.outcome().map(Episode.Outcome::word).orElse(null));
    row.put("began", episode.began().toString());
    row.put("verified", time(episode.verified())).put("closed", time(episode.closed()));
    row.put("recovery_seconds", seconds(episode.recovery()));
    row.put("started_by", episode.startedBy().map(StartedBy::word).orElse(null));
    ArrayNode markers = row.putArray("markers");
    for (UpdateMarker marker : episode.markers()) {
      ObjectNode object = markers.addObject().put("marker", marker.marker().word());
      object.put("update", marker.update().word()).put("at", marker.at().toString());
    }
    ArrayNode outages = row.putArray("outages");
    for (Outage outage : episode.outages()) {
      ObjectNode reference = outages.addObject().put("service", outage.service());
      reference.put("began", outage.began().toString());
    }
  }

  private static void add(ObjectNode row, String host, LikelyCause cause) {
    row.put("type", "cause").put("host", host).put("trouble", cause.trouble());
    row.put("from", cause.from().toString()).put("until", time(cause.until()));
  }

  private static @Nullable String time(Optional<Instant> at) {
    return at.map(Instant::toString).orElse(null);
  }

  private static @Nullable Double seconds(Optional<Duration> duration) {
    return duration.map(known -> known.toMillis() / 1_000.0).orElse(null);
  }
}
