package dev.imfexporter.http;

import dev.imfexporter.api.FleetJson;
import dev.imfexporter.overview.EpisodePage;
import dev.imfexporter.overview.FleetOverview;
import dev.imfexporter.overview.HostOverview;
import dev.imfexporter.overview.HostQuery;
import dev.imfexporter.overview.Rollouts;
import dev.imfexporter.watch.clock.TimeSource;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** {@code /api/v1}: what the pages show, as JSON, by what was last read; no host is asked. */
final class ApiRoutes {
  private final Watched watched;
  private final TimeSource time;

  ApiRoutes(Watched watched, TimeSource time) {
    this.watched = watched;
    this.time = time;
  }

  void hosts(Context request) {
    HostQuery query = FleetRoutes.query(Parameters.of(request, FleetRoutes.QUERY));
    Instant now = time.now().wall();
    send(request, FleetJson.hosts(FleetOverview.of(watched.lastSnapshots(), now), query, now));
  }

  void host(Context request) {
    Parameters.of(request);
    watched
        .host(request.pathParam("name"))
        .ifPresentOrElse(
            host -> {
              Instant now = time.now().wall();
              send(request, FleetJson.host(HostOverview.of(host.lastSnapshot(), now), now));
            },
            () -> Answers.problem(request, 404, noSuchHost(request)));
  }

  private String noSuchHost(Context request) {
    return Answers.otherHosts(request, watched, "/api/v1/hosts");
  }

  void episodes(Context request) {
    Parameters given = Parameters.of(request, "host", "update_id", "page", "rows");
    EpisodePage.Query query =
        new EpisodePage.Query(
            given.given("host"),
            given.given("update_id"),
            given.number("page", 1, FleetRoutes.MOST_PAGES),
            given.number("rows", HostQuery.DEFAULT_ROWS, HostQuery.MOST_ROWS));
    if (query.host().flatMap(watched::host).isEmpty() && query.host().isPresent()) {
      throw new BadParameter(noSuchHost(request));
    }
    send(
        request,
        FleetJson.episodes(EpisodePage.of(watched.lastSnapshots(), query), time.now().wall()));
  }

  void updates(Context request) {
    Parameters.of(request);
    send(request, FleetJson.updates(Rollouts.of(watched.lastSnapshots(), time.now().wall())));
  }

  private static void send(Context request, String json) {
    request.header("Vary", "Accept-Encoding").contentType("application/json");
    Answers.send(request, json.getBytes(StandardCharsets.UTF_8));
  }
}
