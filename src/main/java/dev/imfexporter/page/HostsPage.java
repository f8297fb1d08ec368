package dev.imfexporter.page;

import static dev.imfexporter.page.Html.attr;

import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.MailFlow;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** The page of all hosts as they were last read, those that need attention first. */
public final class HostsPage {
  private final PageFrame frame;
  private final Html html;
  private final PageParts parts;

  private record Row(HostSnapshot host, Headline headline) {}

  private HostsPage(PageFrame frame) {
    this.frame = frame;
    this.html = frame.html();
    this.parts = frame.parts();
  }

  /** The page, complete. */
  public static String of(List<HostSnapshot> hosts, Instant now, String version) {
    List<Row> rows =
        hosts.stream()
            .map(host -> new Row(host, Headline.of(host, now)))
            .sorted(
                Comparator.comparing((Row row) -> urgency(row.headline().tone()))
                    .thenComparing(row -> row.host().name()))
            .toList();
    return new HostsPage(new PageFrame(now, version)).page(rows);
  }

  private static int urgency(Headline.Tone tone) {
    return switch (tone) {
      case ATTENTION -> 0;
      case UNREADABLE -> 1;
      case UNSETTLED -> 2;
      case NOT_READ_YET -> 3;
      case NOTHING -> 4;
      case WELL -> 5;
    };
  }

  private String page(List<Row> rows) {
    long well = rows.stream().filter(row -> row.headline().tone() == Headline.Tone.WELL).count();
    return frame.page(
        "imf-exporter: %d of %d hosts are well".formatted(well, rows.size()),
        () -> {
          html.element("h1", "imf-exporter").line();
          html.element("p", "%d hosts, %d of them well".formatted(rows.size(), well)).line();
        },
        () -> parts.section("Hosts", () -> hosts(rows)),
        () -> {
          parts.link("/metrics", "Metrics of the exporter");
          parts.link("/sd", "Service discovery");
          parts.link("/runbooks", "Runbooks");
        });
  }

  private void hosts(List<Row> rows) {
    parts.table(
        "As they were last read, those that need attention first",
        List.of("Host", "State", "What is so", "Mail flow", "Last update"),
        rows,
        List.of(
            row -> parts.link("/hosts/" + PageParts.encoded(row.host().name()), row.host().name()),
            row -> tone(row.headline().tone()),
            row -> html.text(String.join(" ", row.headline().sentences())),
            row -> flow(row.host().history().mailFlow()),
            this::update));
  }

  private void tone(Headline.Tone tone) {
    html.element("span", tone.words(), attr("class", "state " + tone.cssClass()));
  }

  private void flow(MailFlow flow) {
    html.element("span", flow.state().name(), attr("class", "state " + flow.state().word()));
  }

  private void update(Row row) {
    row.host()
        .history()
        .episodes()
        .present()
        .or(() -> row.host().history().episodes().last())
        .ifPresentOrElse(this::update, () -> html.text("none seen"));
  }

  private void update(Episode episode) {
    html.text(
        "%s, %s"
            .formatted(
                episode
                    .outcome()
                    .map(Episode.Outcome::word)
                    .orElse(episode.state().word())
                    .replace('_', ' '),
                TimeWords.dateAndTime(episode.began())));
  }
}
