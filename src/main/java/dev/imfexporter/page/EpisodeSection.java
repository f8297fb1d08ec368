package dev.imfexporter.page;

import static dev.imfexporter.page.Html.attr;

import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.EpisodeHistory;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.Outage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The episodes of updates. */
final class EpisodeSection {
  private static final int MOST = 10;

  private final Html html;
  private final PageParts parts;
  private final HostSnapshot snapshot;

  EpisodeSection(Html html, PageParts parts, HostSnapshot snapshot) {
    this.html = html;
    this.parts = parts;
    this.snapshot = snapshot;
  }

  void episodes() {
    EpisodeHistory episodes = snapshot.history().episodes();
    List<Episode> rows = new ArrayList<>(episodes.closed());
    episodes.present().ifPresent(rows::add);
    Collections.reverse(rows);
    if (rows.isEmpty()) {
      parts.note("No update was seen to restart anything yet.");
    } else {
      parts.table(
          "Updates, the newest first, with the outages around them",
          List.of("Update", "Began", "Outcome", "Outages", "Started by", "Recovered in"),
          rows.subList(0, Math.min(MOST, rows.size())),
          List.of(
              row -> parts.pageLink(Episodes.address(snapshot, row), Episodes.name(row)),
              row -> parts.moment(row.began()),
              this::outcome,
              this::outages,
              row -> html.text(startedBy(row)),
              row -> html.text(row.recovery().map(TimeWords::duration).orElse("not known"))));
    }
  }

  private static String startedBy(Episode row) {
    String phrase = row.starts().phrase();
    return phrase.isEmpty() ? "none" : phrase;
  }

  private void outcome(Episode row) {
    html.element(
        "span",
        Episodes.word(row),
        attr("class", row.outcome().map(Episode.Outcome::word).orElse("open")));
  }

  private void outages(Episode row) {
    if (row.outages().isEmpty()) {
      html.text("none");
      return;
    }
    for (Outage outage : row.outages()) {
      html.element(
          "small",
          "%s %s"
              .formatted(
                  outage.service(),
                  outage.total().map(TimeWords::duration).orElse("has not come back")));
    }
  }
}
