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
import dev.imfexporter.watch.model.UpdateChanges;
import dev.imfexporter.watch.model.UpdateChanges.Change;
import dev.imfexporter.watch.model.UpdateChanges.Compared;
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

  /**
   * @param changes what was different after it; empty if it was not compared
   */
  public static void episode(
      ObjectNode row, String host, Episode episode, Optional<UpdateChanges> changes) {
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
    changes.ifPresentOrElse(
        of -> changes(row.putObject("changes"), host, of), () -> row.putNull("changes"));
  }

  private static void changes(ObjectNode row, String host, UpdateChanges changes) {
    row.put("complete", changes.complete()).put("unlisted", changes.unlisted());
    ArrayNode settings = row.putArray("settings");
    for (Change change : changes.changes()) {
      ObjectNode one = settings.addObject().put("kind", change.kind().word());
      one.put("of", change.of());
      one.put("before", change.before().orElse(null)).put("after", change.after().orElse(null));
      one.put("since", change.since().toString());
      one.put("put_back", Json.time(change.putBack()));
      one.put("command", change.command(host).orElse(null));
    }
    ArrayNode kinds = row.putArray("kinds");
    for (Compared kind : changes.kinds()) {
      ObjectNode one = kinds.addObject().put("kind", kind.kind().word());
      one.put("read_before", Json.time(kind.before())).put("read_after", Json.time(kind.after()));
      ArrayNode unread = one.putArray("unread");
      kind.unread().forEach(unread::add);
    }
  }

  public static void cause(ObjectNode row, String host, LikelyCause cause) {
    row.put("host", host).put("trouble", cause.trouble());
    row.put("from", cause.from().toString()).put("until", Json.time(cause.until()));
  }
}
