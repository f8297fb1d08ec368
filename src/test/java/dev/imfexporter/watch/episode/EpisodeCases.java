package dev.imfexporter.watch.episode;

import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.watch.episode.OpenEpisode.Assessment;
import dev.imfexporter.watch.model.Episode.State;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the cells of tables of cases. A time is a number of seconds from {@link #ZERO}; "" is
 * nothing.
 */
final class EpisodeCases {
  static final Instant ZERO = Instant.parse("2026-11-22T03:00:00Z");

  private EpisodeCases() {}

  static Instant time(long seconds) {
    return ZERO.plusSeconds(seconds);
  }

  /** A time of a cell. */
  static Optional<Instant> time(@Nullable String cell) {
    return cell == null || cell.isEmpty()
        ? Optional.empty()
        : Optional.of(time(Long.parseLong(cell)));
  }

  /** The inverse of {@link #time}, for messages that can be read. */
  static String seconds(Optional<Instant> time) {
    return time.map(at -> String.valueOf(at.getEpochSecond() - ZERO.getEpochSecond())).orElse("");
  }

  /**
   * Markers such as {@code FOLDER@0 BACK@60 BEGUN@5/KB1}: of the definition without a name, and of
   * Windows with one; {@code BACK} is a registry marker of a lower version.
   */
  static List<UpdateMarker> markers(@Nullable String cell) {
    return words(cell).stream().map(EpisodeCases::marker).toList();
  }

  static UpdateMarker marker(String cell) {
    String[] parts = cell.split("[@/]", -1);
    boolean back = parts[0].equals("BACK");
    String id = parts.length > 2 ? parts[2] : "";
    return new UpdateMarker(
        back ? MarkerType.REGISTRY : MarkerType.valueOf(parts[0]),
        id.isEmpty() ? UpdateKind.DEFINITION : UpdateKind.WINDOWS,
        time(Long.parseLong(parts[1])),
        id,
        id,
        back);
  }

  /** Outages such as {@code SMTPSVC:10..40 RESvc:12..}; the last one lasts. */
  static List<Outage> outages(@Nullable String cell) {
    List<Outage> outages = new ArrayList<>();
    for (String word : words(cell)) {
      String[] parts = word.split(":|\\.\\.", -1);
      outages.add(
          new Outage(
              parts[0],
              outages.size() + 1,
              time(Long.parseLong(parts[1])),
              time(parts.length > 2 ? parts[2] : null),
              Map.of(),
              EnumSet.of(Source.POLL),
              false,
              false,
              Optional.empty()));
    }
    return outages;
  }

  static OpenEpisode episode(@Nullable String markers, @Nullable String outages) {
    return new OpenEpisode(
        1,
        Instant.MIN,
        new Evidence(markers(markers), outages(outages), List.of()),
        Map.of(),
        Assessment.FIRST);
  }

  static OpenEpisode assessed(OpenEpisode episode, boolean halted, boolean followed) {
    return episode.with(new Assessment(State.OPEN, halted, followed, Optional.empty()));
  }

  /**
   * A condition: services that are down, such as {@code RESvc@12}, and the mail flow, such as
   * {@code IDLE@40}, which stood still before if {@code STALLED@10-40} precedes it. The host is
   * readable since the time that begins the cell, such as {@code 0|RESvc@12|IDLE@40}.
   */
  static CurrentCondition condition(String cell) {
    String[] parts = cell.split("\\|", -1);
    Map<String, Instant> down = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String word : words(parts[1])) {
      down.put(
          word.substring(0, word.indexOf('@')),
          time(word.substring(word.indexOf('@') + 1)).orElseThrow());
    }
    MailCourse mail = MailCourse.NONE;
    for (String word : words(parts[2])) {
      String[] of = word.split("[@-]", -1);
      for (int i = 1; i < of.length; i++) {
        mail = mail.next(time(of[i]).orElseThrow(), MailFlow.State.valueOf(of[0]));
      }
    }
    return new CurrentCondition(time(parts[0]).orElseThrow(), null, down, mail);
  }

  private static List<String> words(@Nullable String cell) {
    return cell == null || cell.isBlank() ? List.of() : List.of(cell.strip().split(" +", -1));
  }
}
