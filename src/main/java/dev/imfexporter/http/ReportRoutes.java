package dev.imfexporter.http;

import dev.imfexporter.page.PageView;
import dev.imfexporter.page.PreflightPage;
import dev.imfexporter.preflight.Preflight;
import dev.imfexporter.report.DiagnosisReport;
import dev.imfexporter.report.ReportJson;
import dev.imfexporter.watch.model.HostSnapshot;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the exporter makes of a host for administrators and for commands that ask it. */
final class ReportRoutes {
  private static final String JSON = "application/json";
  private final Watched watched;
  private final Answers answers;
  private final PageSetup setup;

  ReportRoutes(Watched watched, Answers answers, PageSetup setup) {
    this.watched = watched;
    this.answers = answers;
    this.setup = setup;
  }

  /** {@code /hosts/NAME/preflight}: a page, or JSON with {@code ?format=json}. */
  void preflight(Context request) {
    if (PageQuery.refusesFormat(request, "html")) {
      return;
    }
    setup.view(request, PageQuery.FORMAT).ifPresent(view -> preflight(request, view));
  }

  private void preflight(Context request, PageView view) {
    boolean json = "json".equals(request.queryParam(PageQuery.FORMAT));
    watched
        .host(request.pathParam("name"))
        .ifPresentOrElse(
            host ->
                answers.whenObserved(
                    request,
                    host,
                    HostRoutes.PAGE_DEADLINE,
                    snapshot ->
                        preflight(request, snapshot, view.at(setup.time().now().wall()), json)),
            () -> Answers.noSuchHost(request, watched));
  }

  private void preflight(Context request, HostSnapshot snapshot, PageView view, boolean json) {
    Preflight found = Preflight.of(snapshot, view.time());
    if (json) {
      json(request, ReportJson.of(List.of(found)));
    } else {
      Answers.page(request, PreflightPage.of(found, view, setup.version()));
    }
  }

  /** {@code /hosts/NAME/diagnosis}: what {@code diagnose} prints, as JSON. */
  void diagnosis(Context request) {
    if (PageQuery.refusesFormat(request, "json")) {
      return;
    }
    setup.view(request, PageQuery.FORMAT).ifPresent(view -> diagnosis(request, view));
  }

  private void diagnosis(Context request, PageView view) {
    String name = request.pathParam("name");
    if (request.method().equals(HandlerType.HEAD) && watched.host(name).isPresent()) {
      // A reading takes seconds of the host, and the answer has no body.
      request.contentType(JSON);
      Answers.sendHeaders(request);
      return;
    }
    watched
        .readNow(name)
        .ifPresentOrElse(
            reading ->
                answers.whenKnown(
                    request,
                    reading,
                    read ->
                        json(
                            request,
                            ReportJson.of(DiagnosisReport.of(read.diagnosis(view.time().zone()))))),
            () -> Answers.noSuchHost(request, watched));
  }

  private static void json(Context request, String json) {
    request.contentType(JSON);
    Answers.send(request, json.getBytes(StandardCharsets.UTF_8));
  }
}
