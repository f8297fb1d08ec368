package dev.imfexporter.page;

import static dev.imfexporter.page.Html.attr;

import dev.imfexporter.page.Timeline.Entry;
import dev.imfexporter.page.Timeline.Kind;
import dev.imfexporter.page.Timeline.Piece;
import dev.imfexporter.page.Timeline.Row;
import dev.imfexporter.page.TimelineSvg.Tick;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.text.TimeWords;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** A timeline: the drawing, its legend, and a table that says the same. */
final class TimelineSection {
  private static final int MOST_TICKS = 6;

  /** More rows do not help anyone who reads them one by one. */
  private static final int MOST_ROWS = 60;

  private static final List<Duration> STEPS =
      Stream.of(
              "PT10S", "PT30S", "PT1M", "PT2M", "PT5M", "PT10M", "PT30M", "PT1H", "PT2H", "PT4H",
              "PT12H", "P1D", "P2D", "P5D", "P30D")
          .map(Duration::parse)
          .toList();

  private final Html html;
  private final PageParts parts;
  private final TimeView time;
  private final Timeline timeline;

  TimelineSection(Html html, PageParts parts, TimeView time, Timeline timeline) {
    this.html = html;
    this.parts = parts;
    this.time = time;
    this.timeline = timeline;
  }

  void write() {
    List<Row> rows = timeline.rows();
    new TimelineSvg(html, timeline)
        .write(
            "Timeline from %s to %s; the table below says the same."
                .formatted(time.dateAndTime(timeline.from()), time.dateAndTime(timeline.until())),
            ticks());
    legend(rows);
    timeline.lanes().stream()
        .filter(lane -> !lane.note().isEmpty())
        .forEach(lane -> parts.note(lane.name() + ": " + lane.note() + "."));
    html.block(
        "details",
        () -> {
          html.element("summary", "The timeline as a table").line();
          table(rows);
        });
  }

  private void legend(List<Row> rows) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    rows.forEach(row -> row.entry().pieces().stream().map(Piece::kind).forEach(kinds::add));
    if (kinds.isEmpty()) {
      parts.note("Nothing happened in this time, as far as is known.");
      return;
    }
    html.block(
        "ul",
        () ->
            kinds.forEach(
                kind ->
                    html.inline(
                            "li",
                            () -> {
                              TimelineSvg.sample(html, kind);
                              html.text(" " + kind.meaning());
                            })
                        .line()),
        attr("class", "legend"));
  }

  private void table(List<Row> rows) {
    if (rows.isEmpty()) {
      parts.note("Nothing happened in this time, as far as is known.");
      return;
    }
    parts.table(
        "What happened, the newest first"
            + (rows.size() > MOST_ROWS
                ? "; the newest %d of %d".formatted(MOST_ROWS, rows.size())
                : ""),
        List.of("Began", "What", "Is", "Lasted"),
        rows.subList(0, Math.min(MOST_ROWS, rows.size())),
        List.of(
            row -> parts.dateAndTime(row.entry().from()),
            row -> html.text(row.lane()),
            row -> html.text(row.entry().words()),
            row -> html.text(lasted(row.entry()))));
  }

  private static String lasted(Entry entry) {
    if (entry.lasts()) {
      return TimeWords.duration(entry.length()) + " so far";
    }
    return entry.length().isZero() ? "a moment" : TimeWords.duration(entry.length());
  }

  private List<Tick> ticks() {
    Duration whole = Duration.between(timeline.from(), timeline.until());
    Duration step =
        STEPS.stream()
            .filter(each -> whole.dividedBy(each) <= MOST_TICKS)
            .findFirst()
            .orElse(STEPS.get(STEPS.size() - 1));
    DateTimeFormatter label =
        DateTimeFormatter.ofPattern(
            step.compareTo(Duration.ofDays(1)) >= 0
                ? "d MMM"
                : step.compareTo(Duration.ofMinutes(1)) >= 0 ? "HH:mm" : "HH:mm:ss",
            Locale.ENGLISH);
    ZonedDateTime midnight = timeline.from().atZone(time.zone()).truncatedTo(ChronoUnit.DAYS);
    List<Tick> ticks = new ArrayList<>();
    for (long i = 0; ; i++) {
      // Whole days by the calendar: a day with a change of the clock has 23 or 25 hours.
      ZonedDateTime at =
          step.toDays() > 0
              ? midnight.plusDays(i * step.toDays())
              : midnight.plus(step.multipliedBy(i));
      Instant instant = at.toInstant();
      if (instant.isAfter(timeline.until())) {
        return ticks;
      }
      if (!instant.isBefore(timeline.from())) {
        ticks.add(new Tick(instant, label.format(at)));
      }
    }
  }
}
