package dev.imfexporter.page;

import static dev.imfexporter.page.Html.attr;

import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.HostHistory;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.UpdateMarker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The episodes of updates, and the last marker of each kind. */
final class EpisodeSection {
  private static final int MOST = 10;

  private final Html html;
  private final PageParts parts;
  private final HostHistory history;

  EpisodeSection(Html html, PageParts parts, HostHistory history) {
    this.html = html;
    this.parts = parts;
    this.history = history;
  }

  void episodes() {
    List<Episode> rows = new ArrayList<>(history.episodes().closed());
    history.episodes().present().ifPresent(rows::add);
    Collections.reverse(rows);
    if (rows.isEmpty()) {
      parts.note("No update was seen to restart anything yet.");
    } else {
      parts.table(
          "Updates, the newest first, with the outages around them",
          List.of("Update", "Began", "Outcome", "Outages", "Started by", "Recovered in"),
          rows.subList(0, Math.min(MOST, rows.size())),
          List.of(
              row -> html.text(row.title().isEmpty() ? row.update().word() : row.title()),
              row -> parts.moment(row.began()),
              this::outcome,
              this::outages,
              row ->
                  html.text(row.startedBy().map(by -> by.word().replace('_', ' ')).orElse("none")),
              row -> html.text(row.recovery().map(TimeWords::duration).orElse("not known"))));
    }
    markers();
  }

  private void outcome(Episode row) {
    html.element(
        "span",
        row.outcome().map(o -> o.word().replace('_', ' ')).orElse(row.state().word()),
        attr("class", "outcome " + row.outcome().map(Episode.Outcome::word).orElse("open")));
  }

  private void outages(Episode row) {
    if (row.outages().isEmpty()) {
      html.text("none");
      return;
    }
    for (Outage outage : row.outages()) {
      html.element(
          "span",
          "%s %s"
              .formatted(
                  outage.service(),
                  outage.total().map(TimeWords::duration).orElse("has not come back")),
          attr("class", "detail"));
    }
  }

  private void markers() {
    List<UpdateMarker> markers = history.updates().markers();
    if (!markers.isEmpty()) {
      html.block(
          "dl",
          () ->
              markers.forEach(
                  marker ->
                      parts.fact(
                          "Last marker: %s (%s)"
                              .formatted(marker.marker().word(), marker.update().word()),
                          () -> parts.moment(marker.at()))));
    }
  }
}
