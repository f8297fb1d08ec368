package dev.imfexporter.cli;

import dev.imfexporter.cli.TerminalText.Row;
import dev.imfexporter.diagnosis.ChangeReport;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.LikelyCause;
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
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * History for a terminal. Its times are in one zone, which stands at the top; a time with another
 * offset from UTC than now names its own, so that autumn repeats no hour.
 */
final class HistoryTable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
  private static final Row OUTAGE_TITLES =
      new Row(
          false,
          "Outage began",
          "service",
          "out for",
          "typically",
          "stop",
          "down",
          "start",
          "ended by");
  private static final Row UPDATE_TITLES =
      new Row(false, "#", "Update began", "of", "outcome", "recovery", "ended by", "title");

  /** Below it, a title takes many lines. */
  private static final int NARROWEST_TITLE = 24;

  private static final Row CAUSE_TITLES = new Row(false, "Likely from", "until", "cause");

  private static final DateTimeFormatter TIME_AND_ZONE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss zzz", Locale.ENGLISH);
  private static final DateTimeFormatter ZONE = DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH);

  private final TimeView view;
  private final Instant now;
  private final boolean changes;
  private final TerminalText text;

  /**
   * @param changes whether to print what was different after each update
   */
  HistoryTable(TimeView view, boolean changes, boolean colour) {
    this.view = view;
    this.now = view.now();
    this.changes = changes;
    this.text = new TerminalText(colour);
  }

  String text(Path folder, List<HostHistoryRecord> hosts) {
    text.paragraph("History in " + folder);
    text.paragraph("Times are in " + zone() + ".");
    if (hosts.isEmpty()) {
      text.emptyLine();
      text.paragraph("No host has a history here yet.");
    }
    hosts.forEach(this::host);
    return text.toString();
  }

  private void host(HostHistoryRecord host) {
    text.emptyLine();
    String outages = count(host.outages().size(), "outage");
    String updates = count(host.episodes().size(), "update");
    String asOf = host.asOf().map(at -> ", as of " + time(at)).orElse("");
    text.paragraph(host.host() + ": " + outages + ", " + updates + asOf + ".");
    if (host.isOld(now)) {
      text.paragraph(
          "Nothing was written for %s: no exporter watches %s any more, or it keeps its history elsewhere."
              .formatted(TimeWords.lasting(host.end(now), now), host.host()),
          Style.fg_red);
    }
    if (!host.outages().isEmpty()) {
      text.emptyLine();
      text.table(
          rows(OUTAGE_TITLES, host.outages().stream().map(outage -> row(host, outage))), 13, 1);
    }
    if (!host.episodes().isEmpty()) {
      text.emptyLine();
      text.tableWithText(
          rows(UPDATE_TITLES, host.episodes().stream().map(this::row)), NARROWEST_TITLE);
    }
    if (changes) {
      host.episodes().forEach(episode -> changes(host, episode));
    }
    if (!host.causes().isEmpty()) {
      text.emptyLine();
      text.table(
          rows(CAUSE_TITLES, host.causes().stream().map(cause -> row(cause, host.isOld(now)))),
          20,
          1);
    }
  }

  private static List<Row> rows(Row titles, Stream<Row> rows) {
    return Stream.concat(Stream.of(titles), rows).toList();
  }

  private Row row(HostHistoryRecord host, Outage outage) {
    return new Row(
        outage.ended().isEmpty(),
        time(outage.began()),
        outage.service(),
        TimeWords.duration(
            outage.total().orElseGet(() -> Duration.between(outage.began(), host.end(now)))),
        host.typicalBefore(outage).map(of -> TimeWords.duration(of.total().median())).orElse(""),
        phase(outage, Phase.STOP),
        phase(outage, Phase.DOWN),
        phase(outage, Phase.START),
        end(outage, host.isOld(now)));
  }

  private static String end(Outage outage, boolean old) {
    Stream<String> words =
        Stream.of(
            outage.ended().isEmpty() ? (old ? "out then" : "still out") : word(outage.startedBy()),
            outage.crash() ? "crash" : "");
    return String.join(", ", words.filter(word -> !word.isEmpty()).toList());
  }

  private Row row(Episode episode) {
    return new Row(
        episode.state() == Episode.State.HALTED,
        Long.toString(episode.number()),
        time(episode.began()),
        episode.update().word(),
        plain(episode.outcome().map(Episode.Outcome::word).orElse(episode.state().word())),
        episode.recovery().map(TimeWords::duration).orElse(""),
        episode.starts().words(),
        episode.title());
  }

  private void changes(HostHistoryRecord host, Episode episode) {
    ChangeReport report =
        ChangeReport.of(
            host.host(),
            episode,
            Optional.ofNullable(host.changes().get(episode.number())),
            this::time);
    text.emptyLine();
    text.paragraph("#" + episode.number() + "  ", 0, report.summary());
    for (ChangeReport.Line line : report.lines()) {
      text.paragraph("  - ", 0, line.what());
      line.command().ifPresent(command -> text.paragraph("      ", 0, command));
      if (!line.advice().isEmpty()) {
        text.paragraph("    ", 0, line.advice());
      }
    }
    report.notes().forEach(note -> text.paragraph("    ", 0, note));
  }

  private Row row(LikelyCause cause, boolean old) {
    return new Row(
        cause.until().isEmpty(),
        time(cause.from()),
        cause.until().map(this::time).orElse(old ? "likely then" : "still likely"),
        plain(cause.trouble()));
  }

  /** {@code Europe/Vienna (CET, UTC+01:00)}. */
  private String zone() {
    ZoneOffset offset = offset(now);
    String id = view.zone().getId();
    String own = ZONE.format(now.atZone(view.zone()));
    if (own.equals("UTC")) {
      return own;
    }
    String utc = "UTC" + (offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.getId());
    return own.equals(id) ? utc : "%s (%s, %s)".formatted(id, own, utc);
  }

  private ZoneOffset offset(Instant at) {
    return view.zone().getRules().getOffset(at);
  }

  private String time(Instant at) {
    DateTimeFormatter format = offset(at).equals(offset(now)) ? TIME : TIME_AND_ZONE;
    return format.format(at.atZone(view.zone()));
  }

  private static String phase(Outage outage, Phase phase) {
    return Optional.ofNullable(outage.phases().get(phase)).map(TimeWords::duration).orElse("");
  }

  private static String word(Optional<StartedBy> by) {
    return by.map(known -> plain(known.word())).orElse("");
  }

  private static String plain(String word) {
    return word.replace('_', ' ');
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
