package dev.imfexporter.page;

import dev.imfexporter.diagnosis.ChangeReport;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.HostSnapshot;

/** What was different after an update than before it, with the commands that put it back. */
final class SettingsSection {
  private final Html html;
  private final PageParts parts;
  private final HostSnapshot snapshot;
  private final TimeView time;

  SettingsSection(Html html, PageParts parts, HostSnapshot snapshot, TimeView time) {
    this.html = html;
    this.parts = parts;
    this.snapshot = snapshot;
    this.time = time;
  }

  void write(Episode episode) {
    ChangeReport report =
        ChangeReport.of(
            snapshot.name(),
            episode,
            snapshot.history().episodes().changes(episode),
            time::dateAndTime);
    html.element("p", report.summary()).line();
    if (!report.lines().isEmpty()) {
      html.block("ul", () -> report.lines().forEach(this::line));
    }
    report.notes().forEach(parts::note);
  }

  private void line(ChangeReport.Line line) {
    html.inline("li", () -> parts.instruction(line.text())).line();
  }
}
