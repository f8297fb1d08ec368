package dev.imfexporter.cli;

import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.StartedBy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** History for people. All times have one offset, so that none is there twice in autumn. */
final class HistoryTable {
  private static final int WIDTH = 100;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private final ZoneOffset offset;
  private final Instant now;
  private final boolean colour;

  HistoryTable(ZoneOffset offset, Instant now, boolean colour) {
    this.offset = offset;
    this.now = now;
    this.colour = colour;
  }

  String text(Path folder, List<Past> pasts) {
    StringBuilder text = new StringBuilder();
    text.append("History in ").append(folder).append("\nTimes are local, UTC");
    text.append(offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.getId()).append(".\n");
    if (pasts.isEmpty()) {
      text.append("\nNo host has a history here yet.\n");
    }
    for (Past past : pasts) {
      text.append('\n').append(past.host()).append(": ");
      text.append(count(past.outages().size(), "outage")).append(", ");
      text.append(count(past.episodes().size(), "update")).append(".\n");
      if (!past.outages().isEmpty()) {
        text.append('\n').append(outages(past.outages()));
      }
      if (!past.episodes().isEmpty()) {
        text.append('\n').append(episodes(past.episodes()));
      }
    }
    return text.toString();
  }

  private String outages(List<Outage> outages) {
    TextTable table =
        new TextTable(
            WIDTH, 1, "Outage began", "service", "out for", "stop", "down", "start", "ended by");
    for (Outage outage : outages) {
      table.row(
          outage.ended().isEmpty(),
          time(outage.began()),
          outage.service(),
          words(outage.total().orElseGet(() -> Duration.between(outage.began(), now))),
          phase(outage, Phase.STOP),
          phase(outage, Phase.DOWN),
          phase(outage, Phase.START),
          end(outage));
    }
    return table.text(colour);
  }

  private static String end(Outage outage) {
    String end =
        outage.ended().isEmpty()
            ? "still out"
            : outage.startedBy().map(HistoryTable::words).orElse("");
    return outage.crash() ? end + (end.isEmpty() ? "crash" : ", crash") : end;
  }

  private String episodes(List<Episode> episodes) {
    TextTable table =
        new TextTable(
            WIDTH, 6, "#", "Update began", "of", "outcome", "recovery", "ended by", "title");
    for (Episode episode : episodes) {
      table.row(
          episode.state() == Episode.State.HALTED,
          Long.toString(episode.number()),
          time(episode.began()),
          episode.update().word(),
          plain(episode.outcome().map(Episode.Outcome::word).orElse(episode.state().word())),
          episode.recovery().map(HistoryTable::words).orElse(""),
          episode.startedBy().map(HistoryTable::words).orElse(""),
          episode.title());
    }
    return table.text(colour);
  }

  private String time(Instant at) {
    return TIME.format(at.atOffset(offset));
  }

  private static String phase(Outage outage, Phase phase) {
    return Optional.ofNullable(outage.phases().get(phase)).map(HistoryTable::words).orElse("");
  }

  private static String words(Duration duration) {
    return TimeWords.duration(duration);
  }

  private static String words(StartedBy by) {
    return by == StartedBy.UNATTRIBUTED ? "nobody knows" : plain(by.word());
  }

  private static String plain(String word) {
    return word.replace('_', ' ');
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
