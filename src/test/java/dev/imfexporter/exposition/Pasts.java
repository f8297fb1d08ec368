package dev.imfexporter.exposition;

import dev.imfexporter.reading.LoggedEvent.Level;
import dev.imfexporter.reading.UpdateKind;
import dev.imfexporter.watch.Pieces;
import dev.imfexporter.watch.model.BindFailureCount;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.Episode.Outcome;
import dev.imfexporter.watch.model.EpisodeHistory;
import dev.imfexporter.watch.model.EventHistory;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What has happened in the worlds beside outages. */
final class Pasts {
  private Pasts() {}

  /** One episode is over, another is open. */
  static EpisodeHistory episodes(Outage outage) {
    Map<Outcome, Long> outcomes = new EnumMap<>(Pieces.episodes().outcomes());
    outcomes.put(Outcome.RECOVERED, 3L);
    Episode closed = episode(7, outage, Episode.State.CLOSED, Optional.of(Outcome.RECOVERED));
    Episode open = episode(8, outage, Episode.State.HALTED, Optional.empty());
    return new EpisodeHistory(
        Optional.of(open), List.of(closed), outcomes, 3, Duration.ofSeconds(131));
  }

  private static Episode episode(
      long number, Outage outage, Episode.State state, Optional<Outcome> outcome) {
    Instant began = outage.began().minusSeconds(7);
    Optional<Instant> verified = outcome.map(o -> outage.ended().orElseThrow().plusSeconds(22));
    return new Episode(
        number,
        UpdateKind.DEFINITION,
        "6.5.7960.0",
        List.of(
            new UpdateMarker(
                MarkerType.FOLDER,
                UpdateKind.DEFINITION,
                began,
                "6.5.7960.0",
                "6.5.7960.0",
                false)),
        List.of(outage),
        List.of(),
        began,
        state,
        false,
        true,
        verified,
        verified.map(at -> at.plusSeconds(120)),
        outcome);
  }

  static EventHistory events() {
    return new EventHistory(
        List.of(
            new EventHistory.Log("System", 1, Optional.of(Worlds.NOW.minusSeconds(3_600)), 2),
            new EventHistory.Log("Application", 0, Optional.empty(), 0)),
        List.of(
            new EventHistory.Events("System", "SMTPSVC", 115, Level.ERROR, 2),
            new EventHistory.Events(
                "Application", "MSExchangeTransport", EventHistory.OTHER, Level.WARNING, 5)),
        List.of(new EventHistory.Failures("IISADMIN", 7031, 1)),
        List.of(new BindFailureCount("SMTP 1", 2)));
  }

  static EventHistory quietLogs() {
    return new EventHistory(
        List.of(new EventHistory.Log("System", 0, Optional.empty(), 0)),
        List.of(),
        List.of(),
        List.of());
  }
}
