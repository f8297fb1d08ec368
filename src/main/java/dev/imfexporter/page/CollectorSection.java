package dev.imfexporter.page;

import static dev.imfexporter.page.Html.attr;

import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Events;
import dev.imfexporter.collector.Result;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.FailureRecord;
import dev.imfexporter.watch.model.HostSnapshot;
import java.util.List;

/** The collectors: how their last run went, and what failed before. */
final class CollectorSection {
  private final Html html;
  private final PageParts parts;
  private final HostSnapshot snapshot;

  CollectorSection(Html html, PageParts parts, HostSnapshot snapshot) {
    this.html = html;
    this.parts = parts;
    this.snapshot = snapshot;
  }

  void write() {
    List<String> failing =
        snapshot.collected().all().stream()
            .filter(run -> run.result() instanceof Result.Failed)
            .map(run -> run.key().word())
            .toList();
    parts.note(
        failing.isEmpty()
            ? "No collector fails now."
            : "These fail now: " + String.join(", ", failing) + ".");
    parts.details("The last run of each collector", this::readings);
    parts.details("The event logs", this::eventLogs);
    List<FailureRecord> recent = snapshot.failures().recent();
    if (recent.isEmpty()) {
      parts.note("No collector has failed since the exporter began to watch this host.");
    } else {
      parts.details("Recent failures (%d)".formatted(recent.size()), () -> failures(recent));
    }
  }

  private void readings() {
    parts.table(
        "What was read from the host, and how it went",
        List.of("Collector", "Result", "Reason", "At", "Took"),
        snapshot.collected().all(),
        List.of(
            row -> html.text(row.key().word()),
            row ->
                html.element(
                    "span", row.result().word(), attr("class", "result " + row.result().word())),
            row -> html.text(row.result().reason().orElse("none")),
            row -> parts.moment(row.at()),
            row -> html.text(TimeWords.duration(row.took()))));
  }

  private void eventLogs() {
    Timed<Events> taken = snapshot.collected().get(CollectorKey.EVENTS);
    taken.value().ifPresentOrElse(this::eventLogs, () -> parts.why(taken));
  }

  private void eventLogs(Events read) {
    parts.table(
        "The event logs",
        List.of("Log", "Newest event read", "Damaged records", "Failure"),
        read.logs(),
        List.of(
            row -> html.text(row.log()),
            row ->
                row.cursor()
                    .ifPresentOrElse(c -> parts.moment(c.written()), () -> html.text("none")),
            row -> html.text(Long.toString(row.damaged())),
            row -> html.text(row.failure().map(Result.Failed::why).orElse("none"))));
  }

  private void when(FailureRecord row) {
    parts.moment(row.last());
    if (row.times() > 1) {
      html.text(" ")
          .inline(
              "small",
              () -> {
                html.text(row.times() + " times since ");
                parts.dateAndTime(row.first());
              });
    }
  }

  private void failures(List<FailureRecord> recent) {
    parts.table(
        "Collectors that failed, the newest first, also those that work again",
        List.of("Collector", "Failure", "Reason", "Last"),
        recent,
        List.of(
            row -> html.text(row.collector().word()),
            row -> html.text(row.error().word()),
            row -> html.text(row.why()),
            this::when));
  }
}
