package dev.imfexporter.http;

import dev.imfexporter.overview.FleetOverview;
import dev.imfexporter.overview.HostQuery;
import dev.imfexporter.overview.HostState;
import dev.imfexporter.overview.Rollouts;
import dev.imfexporter.page.HostsAddress;
import dev.imfexporter.page.HostsPage;
import dev.imfexporter.page.PageView;
import dev.imfexporter.page.UpdatesPage;
import dev.imfexporter.watch.model.HostSnapshot;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;

/** The pages of all hosts together, by what was last read; no host is asked. */
final class FleetRoutes {
  static final int MOST_PAGES = 1_000_000;

  /** The parameters of a query for hosts. */
  static final String[] QUERY = {
    HostsAddress.STATE, HostsAddress.NAME, HostsAddress.PAGE, HostsAddress.ROWS
  };

  private final Watched watched;
  private final PageSetup setup;
  private final SharedPages pages;

  /** What has to be equal for two requests to share a page. */
  private record Asked(HostQuery query, PageView view) {
    Asked {
      view = view.at(Instant.EPOCH);
    }
  }

  FleetRoutes(Watched watched, Executor answers, PageSetup setup) {
    this.watched = watched;
    this.setup = setup;
    this.pages = new SharedPages(setup.time(), answers);
  }

  void hosts(Context request) {
    HostQuery query = query(Parameters.of(request, PageQuery.and(QUERY)));
    setup
        .view(request, QUERY)
        .map(view -> view.with(watched.unwritten()))
        .ifPresent(
            view ->
                Answers.page(request, pages.get(new Asked(query, view), () -> page(query, view))));
  }

  private String page(HostQuery query, PageView view) {
    List<HostSnapshot> hosts = watched.lastSnapshots();
    Instant now = view.time().now();
    return HostsPage.of(
        FleetOverview.of(hosts, now), Rollouts.of(hosts, now), query, view, setup.version());
  }

  void updates(Context request) {
    setup
        .view(request)
        .ifPresent(
            view -> Answers.page(request, UpdatesPage.of(rollouts(view), view, setup.version())));
  }

  void update(Context request) {
    setup.view(request).ifPresent(view -> update(request, view));
  }

  private void update(Context request, PageView view) {
    rollouts(view)
        .find(request.pathParam("id"))
        .ifPresentOrElse(
            rollout -> Answers.page(request, UpdatesPage.of(rollout, view, setup.version())),
            () ->
                Answers.sentence(
                    request,
                    404,
                    "No host got such an update in the last %d days; %s lists them."
                        .formatted(Rollouts.DAYS, Answers.at(request, "/updates"))));
  }

  private Rollouts rollouts(PageView view) {
    return Rollouts.of(watched.lastSnapshots(), view.time().now());
  }

  /** The hosts that a request asks for, on the page and in the API. */
  static HostQuery query(Parameters given) {
    return new HostQuery(
        given.word(HostsAddress.STATE, HostState.class),
        given.text(HostsAddress.NAME),
        given.number(HostsAddress.PAGE, 1, MOST_PAGES),
        given.number(HostsAddress.ROWS, HostQuery.DEFAULT_ROWS, HostQuery.MOST_ROWS));
  }
}
