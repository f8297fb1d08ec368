package dev.imfexporter.page;

import static dev.imfexporter.page.Html.attr;

import dev.imfexporter.overview.FleetOverview;
import dev.imfexporter.overview.HostQuery;
import dev.imfexporter.overview.HostState;
import dev.imfexporter.overview.Rollouts;
import dev.imfexporter.text.TimeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The page of all hosts as they were last read, the worst first. */
public final class HostsPage {
  private final FleetOverview fleet;
  private final Rollouts rollouts;
  private final HostQuery query;
  private final PageView view;
  private final TimeView time;
  private final Instant now;
  private final PageFrame frame;
  private final Html html;
  private final PageParts parts;

  private HostsPage(
      FleetOverview fleet, Rollouts rollouts, HostQuery query, PageView view, String version) {
    this.fleet = fleet;
    this.rollouts = rollouts;
    this.query = query;
    this.view = view;
    this.time = view.time();
    this.now = time.now();
    this.frame = new PageFrame(view, version);
    this.html = frame.html();
    this.parts = frame.parts();
  }

  /**
   * The page, complete.
   *
   * @param rollouts of these hosts, now
   */
  public static String of(
      FleetOverview fleet, Rollouts rollouts, HostQuery query, PageView view, String version) {
    return new HostsPage(fleet, rollouts, query, view, version).page();
  }

  private String page() {
    return frame.page(
        "imf-exporter: " + verdict(),
        () -> {
          html.element("h1", "imf-exporter").line();
          html.element("p", verdict()).line();
          RolloutBanner banner = new RolloutBanner(parts, html, now);
          rollouts.toStop().forEach(banner::stop);
          parts.troubles();
          states();
          search();
        },
        () -> parts.section("Hosts", () -> hosts(fleet.select(query))),
        () -> {
          parts.pageLink("/updates", "Updates");
          parts.ownLink(view.site().metrics(), "Metrics of the exporter");
          parts.ownLink("/sd", "Service discovery");
          parts.pageLink("/runbooks", "Runbooks");
        });
  }

  private String verdict() {
    List<String> counts = new ArrayList<>();
    for (HostState state : HostState.values()) {
      if (fleet.count(state) > 0) {
        counts.add("%d %s".formatted(fleet.count(state), FleetWords.of(state)));
      }
    }
    return "%s: %s".formatted(all(), String.join(", ", counts));
  }

  private String all() {
    return fleet.hosts().size() == 1 ? "1 host" : fleet.hosts().size() + " hosts";
  }

  /** How many hosts are in each state, each with a link to them. */
  private void states() {
    html.block(
        "nav",
        () -> {
          state(Optional.empty(), "All hosts", fleet.hosts().size());
          Arrays.stream(HostState.values())
              .filter(state -> fleet.count(state) > 0 || query.state().equals(Optional.of(state)))
              .forEach(state -> state(Optional.of(state), state.words(), fleet.count(state)));
        },
        attr("class", "states"),
        attr("aria-label", "Hosts by state"));
  }

  private void state(Optional<HostState> state, String words, int count) {
    List<Html.Attribute> attributes = new ArrayList<>();
    attributes.add(attr("href", view.keptBy(HostsAddress.of(query.in(state)))));
    if (query.state().equals(state)) {
      attributes.add(attr("aria-current", "true"));
    }
    html.inline(
            "a",
            () -> {
              html.text(words + " ");
              html.element(
                  "strong",
                  Integer.toString(count),
                  attr("class", "state " + state.map(HostState::word).orElse("any")));
            },
            attributes.toArray(Html.Attribute[]::new))
        .line();
  }

  private void search() {
    html.block(
        "form",
        () -> {
          html.element("label", "Name contains", attr("for", "name")).line();
          html.empty(
              "input",
              attr("id", "name"),
              attr("name", HostsAddress.NAME),
              attr("type", "search"),
              attr("value", query.name()));
          query.state().ifPresent(state -> hidden(HostsAddress.STATE, state.word()));
          if (query.rows() != HostQuery.DEFAULT_ROWS) {
            hidden(HostsAddress.ROWS, Integer.toString(query.rows()));
          }
          if (view.zoneChosen()) {
            hidden("tz", time.zone().getId());
          }
          html.element("button", "Show").line();
        },
        attr("action", view.site().at("/")),
        attr("role", "search"));
  }

  private void hidden(String name, String value) {
    html.empty("input", attr("type", "hidden"), attr("name", name), attr("value", value));
  }

  private void hosts(FleetOverview.Slice slice) {
    if (slice.hosts().isEmpty()) {
      parts.note(
          slice.found() == 0
              ? "No host is in this state or has this in its name."
              : "There is no page %d: these hosts fill %d.".formatted(query.page(), slice.pages()));
      return;
    }
    parts.table(
        "As they were last read, the worst first: %d to %d of %d"
            .formatted(slice.from() + 1, slice.from() + slice.hosts().size(), slice.found()),
        List.of(
            "Host",
            "State",
            "Last 24 hours",
            "Last update",
            "Next restart (host's time)",
            "Likely cause"),
        slice.hosts().stream().map(host -> new HostRow(host, rollouts, html, parts, time)).toList(),
        List.of(
            HostRow::name,
            HostRow::situation,
            HostRow::lastDay,
            HostRow::update,
            HostRow::forecast,
            HostRow::causes));
    pages(slice);
  }

  private void pages(FleetOverview.Slice slice) {
    if (slice.pages() == 1) {
      return;
    }
    html.block(
        "nav",
        () -> {
          if (query.page() > 1) {
            parts.pageLink(HostsAddress.of(query.onPage(query.page() - 1)), "Previous page");
          }
          html.element("span", "Page %d of %d".formatted(query.page(), slice.pages())).line();
          if (query.page() < slice.pages()) {
            parts.pageLink(HostsAddress.of(query.onPage(query.page() + 1)), "Next page");
          }
        },
        attr("aria-label", "More hosts"));
  }
}
