package dev.imfexporter.http;

import static java.lang.System.Logger.Level.ERROR;

import dev.imfexporter.exposition.Exposition;
import dev.imfexporter.overview.HostQuery;
import dev.imfexporter.watch.model.ObservedHost;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.http.NotFoundResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Every path that the server answers. */
final class Routes {
  private static final System.Logger LOG = System.getLogger(Routes.class.getName());

  private static final String RELOAD = "/-/reload";
  private static final String FAILED =
      "The exporter failed to answer; its log says why. Please report it as a bug.\n";

  /** The first part of every path but that of the metrics. */
  private static final Set<String> TAKEN =
      Set.of(
          "",
          "-",
          "api",
          "config",
          "debug",
          "favicon.ico",
          "hosts",
          "probe",
          "runbooks",
          "sd",
          "updates");

  private final Watched watched;
  private final WebSettings settings;
  private final Origins origins;
  private final ProbeRoutes probes;
  private final FleetRoutes fleet;
  private final ApiRoutes api;
  private final HostRoutes hosts;
  private final RunbookRoutes runbooks;
  private final EvidenceRoutes evidence;
  private final ReportRoutes reports;
  private final Answers answers;
  private final AtomicBoolean observed = new AtomicBoolean();

  /**
   * @param answers for answers that had to wait
   */
  Routes(
      Watched watched,
      WebSettings settings,
      Executor answers,
      Exposition metrics,
      PageSetup setup) {
    this.watched = watched;
    this.settings = settings;
    this.origins = new Origins(settings.external());
    this.answers = new Answers(answers);
    this.probes = new ProbeRoutes(watched, metrics, this.answers);
    this.fleet = new FleetRoutes(watched, answers, setup);
    this.api = new ApiRoutes(watched, setup.time());
    this.hosts = new HostRoutes(watched, this.answers, answers, setup);
    this.runbooks = new RunbookRoutes(watched, this.answers, setup);
    this.evidence = new EvidenceRoutes(watched, this.answers, setup.version());
    this.reports = new ReportRoutes(watched, this.answers, setup);
  }

  void addTo(JavalinConfig config) {
    config.appData(Answers.SITE, settings.site());
    answer(config, settings.site().metrics(), probes::metrics);
    answer(config, "/probe", probes::probe);
    answer(config, "/sd", probes::targets);
    answer(config, "/", this::start);
    answer(config, "/updates", fleet::updates);
    answer(config, "/updates/{id}", fleet::update);
    answer(config, "/api/v1/hosts", api::hosts);
    answer(config, "/api/v1/hosts/{name}", api::host);
    answer(config, "/api/v1/episodes", api::episodes);
    answer(config, "/api/v1/updates", api::updates);
    answer(config, "/hosts/{name}", hosts::host);
    answer(config, "/hosts/{name}/episodes/{number}", hosts::episode);
    // Browsers ask for it by themselves, and show an error where it is missing.
    answer(config, "/favicon.ico", request -> request.status(204));
    answer(config, "/hosts/{name}/evidence.zip", evidence::host);
    answer(config, "/hosts/{name}/episodes/{number}/evidence.zip", evidence::episode);
    answer(config, "/runbooks", runbooks::index);
    answer(config, "/runbooks/{name}", runbooks::runbook);
    answer(config, "/hosts/{name}/preflight", reports::preflight);
    answer(config, "/hosts/{name}/diagnosis", reports::diagnosis);
    answer(config, "/config", debug(this::configuration));
    answer(config, "/debug/probe", debug(probes::debug));
    answer(config, "/-/healthy", request -> request.result("The exporter is running.\n"));
    answer(config, "/-/ready", this::ready);
    config.routes.post(RELOAD, this::reload).put(RELOAD, this::reload);

    config.routes.exception(
        NotFoundResponse.class,
        (e, request) ->
            Answers.problem(
                request,
                404,
                "There is no such page; %s links those that there are."
                    .formatted(Answers.at(request, "/"))));
    config.routes.exception(MethodNotAllowedResponse.class, (e, request) -> notAllowed(request));
    config.routes.exception(
        BadParameter.class,
        (e, request) -> Answers.problem(request, 400, String.valueOf(e.getMessage())));
    config.routes.exception(
        Unavailable.class,
        (e, request) -> Answers.sentence(request, 503, String.valueOf(e.getMessage())));
    config.routes.exception(
        RejectedExecutionException.class,
        (e, request) -> Answers.sentence(request, 503, "The exporter is stopping."));
    config.routes.exception(Exception.class, Routes::failed);
    config.router.javaLangErrorHandler(Routes::broken);
  }

  /** Reads this machine once; then {@code /-/ready} answers with 200. */
  void warmUp() {
    watched
        .here()
        .ifPresentOrElse(
            host -> {
              var unused = host.scrape(ScrapeDeadline.DEFAULT).thenRun(() -> observed.set(true));
            },
            () -> observed.set(true));
  }

  /** Answers requests that wait for a host with 503. */
  void stop() {
    answers.stop();
  }

  static boolean isTaken(String path) {
    return TAKEN.contains(path.split("/", -1)[1]);
  }

  private static void answer(JavalinConfig config, String path, Handler handler) {
    config.routes.get(path, handler).head(path, handler);
  }

  private void start(Context request) {
    List<ObservedHost> hosts = watched.hosts();
    if (hosts.size() == 1) {
      // As strict as with more hosts: links keep their meaning when a second one comes.
      HostQuery unused =
          FleetRoutes.query(Parameters.of(request, PageQuery.and(FleetRoutes.QUERY)));
      this.hosts.page(request, hosts.get(0), FleetRoutes.QUERY);
      return;
    }
    fleet.hosts(request);
  }

  private void configuration(Context request) {
    request.contentType("text/plain; charset=utf-8").result(watched.configuration());
  }

  /** Refuses what shows more than an operator may want to show. */
  private Handler debug(Handler handler) {
    return settings.site().hasDebug()
        ? handler
        : request -> Answers.sentence(request, 403, "--web.disable-debug switched this page off.");
  }

  private void reload(Context request) {
    if (!settings.lifecycle()) {
      Answers.sentence(
          request, 403, "Reloading is switched off; --web.enable-lifecycle switches it on.");
      return;
    }
    if (origins.isForeign(request)) {
      Answers.sentence(
          request,
          403,
          "A page of another site sent this; if that is a proxy of this exporter, name its address"
              + " in --web.external-url.");
      return;
    }
    answers.whenDone(
        request,
        () -> {
          List<String> errors = watched.reload();
          if (errors.isEmpty()) {
            Answers.sentence(request, 200, "The configuration was reloaded.");
          } else {
            Answers.sentence(
                request,
                500,
                "The configuration is not reloaded, and the old one holds:\n"
                    + String.join("\n", errors));
          }
        });
  }

  private void ready(Context request) {
    if (observed.get()) {
      request.result("The exporter is ready.\n");
    } else {
      Answers.sentence(
          request, 503, "The host has not been observed yet; please ask again in a moment.");
    }
  }

  private static void notAllowed(Context request) {
    boolean reload = Answers.pathOf(request).equals(RELOAD);
    request.header("Allow", reload ? "POST, PUT" : "GET, HEAD");
    Answers.sentence(
        request,
        405,
        "Only %s are answered here.".formatted(reload ? "POST and PUT" : "GET and HEAD"));
  }

  private static void failed(Exception e, Context request) {
    Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
    LOG.log(ERROR, "Answering " + request.endpoint().path + " failed", cause);
    request.status(500).contentType("text/plain; charset=utf-8").result(FAILED);
  }

  private static void broken(HttpServletResponse response, Error error) {
    LOG.log(ERROR, "Answering a request failed", error);
    response.setContentType("text/plain; charset=utf-8");
    try {
      response.getOutputStream().write(FAILED.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      error.addSuppressed(e); // The client has closed the connection.
    }
  }
}
