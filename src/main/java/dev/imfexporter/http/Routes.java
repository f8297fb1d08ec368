package dev.imfexporter.http;

import static java.lang.System.Logger.Level.ERROR;

import dev.imfexporter.exposition.Rendered;
import dev.imfexporter.watch.HostSnapshot;
import dev.imfexporter.watch.ObservedHost;
import dev.imfexporter.watch.TimeSource;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.http.NotFoundResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is answered to which request. */
final class Routes {
  private static final System.Logger LOG = System.getLogger(Routes.class.getName());

  /** A person waits: shorter than a scrape. */
  private static final Duration PAGE_DEADLINE = Duration.ofSeconds(5);

  private static final String FAILED =
      "The exporter failed to answer; its log says why. Please report it as a bug.\n";

  private final ObservedHost host;
  private final Executor answers;
  private final CompletableFuture<Void> stopping = new CompletableFuture<>();
  private final AtomicBoolean observed = new AtomicBoolean();
  private final MetricsRenderer metrics;
  private final TimeSource time;
  private final String version;

  /**
   * @param answers runs what renders and writes an answer that had to wait for the host
   */
  Routes(
      ObservedHost host,
      Executor answers,
      MetricsRenderer metrics,
      TimeSource time,
      String version) {
    this.host = host;
    this.answers = answers;
    this.metrics = metrics;
    this.time = time;
    this.version = version;
  }

  void addTo(JavalinConfig config) {
    config.routes.before(
        request ->
            request
                .header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff"));
    answer(config, "/metrics", this::metrics);
    answer(config, "/", this::page);
    answer(config, "/-/healthy", request -> request.result("The exporter is running.\n"));
    answer(config, "/-/ready", this::ready);

    config.routes.exception(
        NotFoundResponse.class,
        (e, request) ->
            sentence(request, 404, "There is nothing here; / has links to what there is."));
    config.routes.exception(
        MethodNotAllowedResponse.class,
        (e, request) -> {
          request.header("Allow", "GET, HEAD");
          sentence(request, 405, "Only GET and HEAD are answered here.");
        });
    config.routes.exception(
        RejectedExecutionException.class,
        (e, request) -> sentence(request, 503, "The exporter is stopping."));
    config.routes.exception(Exception.class, Routes::failed);
    config.router.javaLangErrorHandler(Routes::broken);
  }

  /** Observes once before anyone asks: then the exporter is ready. */
  void warmUp() {
    var unused = host.observe(ScrapeDeadline.DEFAULT).thenRun(() -> observed.set(true));
  }

  /** Answers those who still wait for the host that the program is stopping. */
  void stop() {
    stopping.completeExceptionally(new RejectedExecutionException("stopping"));
  }

  private static void answer(JavalinConfig config, String path, Handler handler) {
    config.routes.get(path, handler).head(path, handler);
  }

  private void metrics(Context request) {
    String accept = request.header("Accept");
    Duration deadline = ScrapeDeadline.of(request.header(ScrapeDeadline.HEADER));
    whenObserved(request, deadline, snapshot -> metrics(request, accept, snapshot));
  }

  /** A snapshot that is there already is answered at once, without a change of the thread. */
  private void whenObserved(Context request, Duration deadline, Consumer<HostSnapshot> answer) {
    CompletableFuture<HostSnapshot> snapshot = host.observe(deadline);
    request.future(
        () ->
            snapshot.isDone()
                ? snapshot.thenAccept(answer)
                : snapshot.thenAcceptAsync(answer, answers).acceptEither(stopping, done -> {}));
  }

  private void metrics(Context request, @Nullable String accept, HostSnapshot snapshot) {
    Rendered rendered = metrics.render(accept, snapshot);
    request.header("Vary", "Accept, Accept-Encoding").contentType(rendered.contentType());
    send(request, rendered.body());
  }

  private void page(Context request) {
    whenObserved(request, PAGE_DEADLINE, snapshot -> page(request, snapshot));
  }

  private void page(Context request, HostSnapshot snapshot) {
    request
        .header("Vary", "Accept-Encoding")
        .header("Content-Security-Policy", PageStyle.contentSecurityPolicy())
        .header("Referrer-Policy", "no-referrer")
        .contentType("text/html; charset=utf-8");
    String page = LandingPage.of(snapshot, time.now().wall(), version);
    send(request, page.getBytes(StandardCharsets.UTF_8));
  }

  /** In one piece: Javalin's own way copies it through a buffer that is made for every answer. */
  private static void send(Context request, byte[] body) {
    try {
      request.outputStream().write(body);
    } catch (IOException e) {
      throw new CompletionException(e); // Javalin looks inside and sees that the client has gone.
    }
  }

  private void ready(Context request) {
    if (observed.get()) {
      request.result("The exporter is ready.\n");
    } else {
      sentence(request, 503, "The host has not been observed yet; please ask again in a moment.");
    }
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
      error.addSuppressed(e); // The client has gone; there is nobody left to tell.
    }
  }

  private static void sentence(Context request, int status, String sentence) {
    request.status(status).contentType("text/plain; charset=utf-8").result(sentence + "\n");
  }
}
