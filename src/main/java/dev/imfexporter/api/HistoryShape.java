package dev.imfexporter.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.LikelyCause;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.model.StartedBy;
import dev.imfexporter.watch.model.TypicalRestart;
import dev.imfexporter.watch.model.UpdateMarker;
import java.util.Optional;

/** What has happened on a host; what is not known is null. */
public final class HistoryShape {
  private HistoryShape() {}

  /**
   * @param typical what the restarts before it typically took
   */
  public static void outage(
      ObjectNode row, String host, Outage outage, Optional<TypicalRestart> typical) {
    row.put("host", host).put("service", outage.service());
    row.put("began", outage.began().toString()).put("ended", Json.time(outage.ended()));
    row.put("duration_seconds", Json.seconds(outage.total()));
    row.put("typical_seconds", Json.seconds(typical.map(of -> of.total().median())));
    ObjectNode phases = row.putObject("phase_seconds");
    for (Phase phase : Phase.values()) {
      phases.put(phase.word(), Json.seconds(Optional.ofNullable(outage.phases().get(phase))));
    }
    row.put("started_by", outage.startedBy().map(StartedBy::word).orElse(null));
    row.put("crash", outage.crash()).put("shutdown", outage.shutdown());
    ArrayNode sources = row.putArray("sources");
    outage.sources().stream().sorted().map(Source::word).forEach(sources::add);
  }

  public static void episode(ObjectNode row, String host, Episode episode) {
    row.put("host", host).put("number", episode.number());
    row.put("update", episode.update().word()).put("title", episode.title());
    row.put("state", episode.state().word());
    row.put("outcome", episode.outcome().map(Episode.Outcome::word).orElse(null));
    row.put("halted", episode.halted());
    row.put("began", episode.began().toString());
    row.put("verified", Json.time(episode.verified())).put("closed", Json.time(episode.closed()));
    row.put("recovery_seconds", Json.seconds(episode.recovery()));
    row.put("started_by", episode.startedBy().map(StartedBy::word).orElse(null));
    ArrayNode markers = row.putArray("markers");
    for (UpdateMarker marker : episode.markers()) {
      ObjectNode object = markers.addObject().put("marker", marker.marker().word());
      object.put("update", marker.update().word()).put("at", marker.at().toString());
      object.put("update_id", marker.id().isEmpty() ? null : marker.id());
    }
    ArrayNode outages = row.putArray("outages");
    for (Outage outage : episode.outages()) {
      ObjectNode reference = outages.addObject().put("service", outage.service());
      reference.put("began", outage.began().toString());
    }
  }

  public static void cause(ObjectNode row, String host, LikelyCause cause) {
    row.put("host", host).put("trouble", cause.trouble());
    row.put("from", cause.from().toString()).put("until", Json.time(cause.until()));
  }
}
