package dev.imfexporter.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.model.StartedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** History for programs: times in UTC, durations in seconds. */
final class HistoryRows {
  /** All types in one, since programs read a table with one header. */
  private static final List<String> COLUMNS =
      List.of(
          "type",
          "host",
          "began",
          "ended",
          "duration_seconds",
          "started_by",
          "service",
          "stop_seconds",
          "down_seconds",
          "start_seconds",
          "crash",
          "shutdown",
          "witnesses",
          "number",
          "update",
          "title",
          "state",
          "outcome",
          "verified");

  private HistoryRows() {}

  /** What stands in the array; absent values are null. */
  private sealed interface Row {}

  private record Phases(Optional<Double> stop, Optional<Double> down, Optional<Double> start) {}

  private record OutageRow(
      String type,
      String host,
      String service,
      Instant began,
      Optional<Instant> ended,
      Optional<Double> durationSeconds,
      Phases phaseSeconds,
      Optional<String> startedBy,
      boolean crash,
      boolean shutdown,
      List<String> witnesses)
      implements Row {}

  private record UpdateMarker(String marker, String update, Instant at) {}

  private record OutageRef(String service, Instant began) {}

  private record EpisodeRow(
      String type,
      String host,
      long number,
      String update,
      String title,
      String state,
      Optional<String> outcome,
      Instant began,
      Optional<Instant> verified,
      Optional<Instant> closed,
      Optional<Double> recoverySeconds,
      Optional<String> startedBy,
      List<UpdateMarker> markers,
      List<OutageRef> outages)
      implements Row {}

  /** An array of objects. */
  static String json(List<Past> pasts) {
    List<Row> rows = new ArrayList<>();
    for (Past past : pasts) {
      past.outages().forEach(outage -> rows.add(row(past.host(), outage)));
      past.episodes().forEach(episode -> rows.add(row(past.host(), episode)));
    }
    try {
      return JsonMapper.builder()
              .addModule(new Jdk8Module())
              .addModule(new JavaTimeModule())
              .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
              .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
              .enable(SerializationFeature.INDENT_OUTPUT)
              // Whatever a terminal takes it for, it stays text.
              .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
              .build()
              .writeValueAsString(rows)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError("these records can be written", e);
    }
  }

  /** Comma-separated values with a header, see RFC 4180. */
  static String csv(List<Past> pasts) {
    StringBuilder text = new StringBuilder();
    line(text, COLUMNS);
    for (Past past : pasts) {
      past.outages().forEach(outage -> line(text, cells(row(past.host(), outage))));
      past.episodes().forEach(episode -> line(text, cells(row(past.host(), episode))));
    }
    return text.toString();
  }

  private static OutageRow row(String host, Outage outage) {
    return new OutageRow(
        "outage",
        host,
        outage.service(),
        outage.began(),
        outage.ended(),
        outage.total().map(HistoryRows::seconds),
        new Phases(
            seconds(outage, Phase.STOP), seconds(outage, Phase.DOWN), seconds(outage, Phase.START)),
        outage.startedBy().map(StartedBy::word),
        outage.crash(),
        outage.shutdown(),
        outage.sources().stream().sorted().map(Source::word).toList());
  }

  private static EpisodeRow row(String host, Episode episode) {
    return new EpisodeRow(
        "episode",
        host,
        episode.number(),
        episode.update().word(),
        episode.title(),
        episode.state().word(),
        episode.outcome().map(Episode.Outcome::word),
        episode.began(),
        episode.verified(),
        episode.closed(),
        episode.recovery().map(HistoryRows::seconds),
        episode.startedBy().map(StartedBy::word),
        episode.markers().stream()
            .map(sign -> new UpdateMarker(sign.marker().word(), sign.update().word(), sign.at()))
            .toList(),
        episode.outages().stream()
            .map(outage -> new OutageRef(outage.service(), outage.began()))
            .toList());
  }

  private static Optional<Double> seconds(Outage outage, Phase phase) {
    return Optional.ofNullable(outage.phases().get(phase)).map(HistoryRows::seconds);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static List<String> cells(OutageRow row) {
    return cells(
        row.type(),
        row.host(),
        row.began(),
        row.ended(),
        row.durationSeconds(),
        row.startedBy(),
        row.service(),
        row.phaseSeconds().stop(),
        row.phaseSeconds().down(),
        row.phaseSeconds().start(),
        row.crash(),
        row.shutdown(),
        String.join(" ", row.witnesses()),
        "",
        "",
        "",
        "",
        "",
        "");
  }

  private static List<String> cells(EpisodeRow row) {
    return cells(
        row.type(),
        row.host(),
        row.began(),
        row.closed(),
        row.recoverySeconds(),
        row.startedBy(),
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        row.number(),
        row.update(),
        row.title(),
        row.state(),
        row.outcome(),
        row.verified());
  }

  private static List<String> cells(Object... values) {
    return Arrays.stream(values)
        .map(
            value ->
                value instanceof Optional<?> some
                    ? some.map(String::valueOf).orElse("")
                    : String.valueOf(value))
        .toList();
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append(cells.stream().map(HistoryRows::cell).collect(Collectors.joining(",")));
    text.append("\r\n");
  }

  /** Spreadsheets calculate what begins like a formula; an apostrophe keeps them from it. */
  private static String cell(String value) {
    String safe =
        !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
        ? '"' + safe.replace("\"", "\"\"") + '"'
        : safe;
  }
}
