package dev.imfexporter.http;

import dev.imfexporter.page.EpisodePage;
import dev.imfexporter.page.HostPage;
import dev.imfexporter.page.PageView;
import dev.imfexporter.page.Receipt;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.ObservedHost;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/** The pages of one host: {@code /hosts/NAME} and {@code /hosts/NAME/episodes/NUMBER}. */
final class HostRoutes {
  /** Shorter than a scrape, because a person waits. */
  static final Duration PAGE_DEADLINE = Duration.ofSeconds(5);

  private static final String JSON = ".json";

  private final Watched watched;
  private final Answers answers;
  private final PageSetup setup;
  private final SharedPages pages;

  /** What has to be equal for two requests to share a page. */
  private record Asked(SharedPages.Same snapshot, HostPage.Place place, PageView view) {
    Asked {
      view = view.at(Instant.EPOCH);
    }
  }

  HostRoutes(Watched watched, Answers answers, Executor renewals, PageSetup setup) {
    this.watched = watched;
    this.answers = answers;
    this.setup = setup;
    this.pages = new SharedPages(setup.time(), renewals);
  }

  void host(Context request) {
    named(request).ifPresent(host -> page(request, host));
  }

  /**
   * @param others parameters that the request may have besides those of every page
   */
  void page(Context request, ObservedHost host, String... others) {
    boolean here = watched.here().filter(host::equals).isPresent();
    HostPage.Place alone = here ? HostPage.Place.HERE : HostPage.Place.ALONE;
    HostPage.Place place = watched.hosts().size() > 1 ? HostPage.Place.ONE_OF_MANY : alone;
    whenObserved(
        request,
        host,
        (snapshot, chosen) -> {
          PageView view = chosen.with(watched.unwritten());
          Answers.page(
              request,
              pages.get(
                  new Asked(new SharedPages.Same(snapshot), place, view),
                  () -> HostPage.of(snapshot, place, view, setup.version())));
        },
        others);
  }

  /** The page of an episode; its receipt as JSON where the path or the query asks for that. */
  void episode(Context request) {
    if (PageQuery.refusesFormat(request, "html")) {
      return;
    }
    named(request)
        .ifPresent(
            host ->
                whenObserved(
                    request,
                    host,
                    (snapshot, view) -> episode(request, snapshot, view),
                    PageQuery.FORMAT));
  }

  private void episode(Context request, HostSnapshot snapshot, PageView view) {
    String name = request.pathParam("number");
    boolean json = name.endsWith(JSON) || "json".equals(request.queryParam(PageQuery.FORMAT));
    String digits = name.endsWith(JSON) ? name.substring(0, name.length() - JSON.length()) : name;
    long number = digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : 0;
    Optional<String> body =
        json
            ? Receipt.of(snapshot, number).map(Receipt::json)
            : EpisodePage.of(snapshot, number, view, setup.version());
    if (body.isEmpty()) {
      Answers.noSuchEpisode(request, snapshot, digits);
    } else if (json) {
      request.contentType("application/json").result(body.get());
    } else {
      Answers.page(request, body.get());
    }
  }

  /** The host that the path names; without one, the answer is given. */
  private Optional<ObservedHost> named(Context request) {
    Optional<ObservedHost> host = watched.host(request.pathParam("name"));
    if (host.isEmpty()) {
      Answers.noSuchHost(request, watched);
    }
    return host;
  }

  private void whenObserved(
      Context request,
      ObservedHost host,
      BiConsumer<HostSnapshot, PageView> answer,
      String... others) {
    setup
        .view(request, others)
        .ifPresent(
            view ->
                answers.whenObserved(
                    request,
                    host,
                    PAGE_DEADLINE,
                    snapshot -> answer.accept(snapshot, view.at(setup.time().now().wall()))));
  }
}
