package dev.imfexporter.http;

import dev.imfexporter.exposition.Exposition;
import dev.imfexporter.exposition.Rendered;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.clock.TimeSource;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.jspecify.annotations.Nullable;

/**
 * Answers scrapes that come within a tenth of a second with the page of the first of them, in front
 * of the routes: of two hundred at once, one takes the long way, and the next scrape waits that
 * much less behind them. What is no plain GET of the metrics goes to the routes. Thread-safe.
 */
final class SharedScrapes extends Handler.Wrapper {
  /** For how long others may join a scrape; they ask for the same, so their deadlines are later. */
  static final Duration JOINED = Duration.ofMillis(100);

  private final String prefix;
  private final String path;
  private final Exposition metrics;
  private final RequestTimer timer;
  private final Executor executor;
  private final TimeSource time;

  /** Those that the routes answer now. Guarded by itself. */
  private final Map<Asked, First> answered = new HashMap<>();

  private record Asked(@Nullable String accept, @Nullable String timeout) {}

  /** A scrape on its way, and those that its page will answer. */
  private static final class First {
    private final Moment began;
    private final List<Waiting> behind = new ArrayList<>();

    First(Moment began) {
      this.began = began;
    }
  }

  private record Waiting(Request request, Response response, Callback callback) {}

  /**
   * @param prefix of all routes
   * @param path of the metrics, without the prefix
   * @param executor answers those that waited
   */
  SharedScrapes(
      String prefix,
      String path,
      Exposition metrics,
      RequestTimer timer,
      Executor executor,
      TimeSource time,
      Handler routes) {
    super(routes);
    this.prefix = prefix;
    this.path = path;
    this.metrics = metrics;
    this.timer = timer;
    this.executor = executor;
    this.time = time;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (!isScrape(request)) {
      return super.handle(request, response, callback);
    }
    Waiting scrape = new Waiting(request, response, callback);
    if (isAnswered(scrape) || joins(scrape)) {
      return true;
    }
    return super.handle(request, response, callback);
  }

  private boolean isScrape(Request request) {
    return HttpMethod.GET.is(request.getMethod())
        && request.getHttpURI().getQuery() == null
        && Request.getPathInContext(request).equals(prefix + path);
  }

  private boolean isAnswered(Waiting scrape) {
    Optional<Rendered> page = metrics.shared(scrape.request().getHeaders().get(HttpHeader.ACCEPT));
    page.ifPresent(shared -> send(scrape, shared));
    return page.isPresent();
  }

  private void send(Waiting scrape, Rendered page) {
    Request request = scrape.request();
    Response response = scrape.response();
    Request.addCompletionListener(
        request,
        failure ->
            timer.record(
                path, "GET", response.getStatus(), NanoTime.since(request.getHeadersNanoTime())));
    boolean gzip = Answers.takesGzip(request.getHeaders().get(HttpHeader.ACCEPT_ENCODING));
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.VARY, Answers.SCRAPE_VARIES);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, page.contentType());
    if (gzip) {
      response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
    }
    response.write(true, ByteBuffer.wrap(gzip ? page.gzip() : page.body()), scrape.callback());
  }

  /** Waits behind the one that came first, or is the first. */
  private boolean joins(Waiting scrape) {
    Request request = scrape.request();
    Asked asked =
        new Asked(
            request.getHeaders().get(HttpHeader.ACCEPT),
            request.getHeaders().get(ScrapeDeadline.HEADER));
    First first = new First(time.now());
    synchronized (answered) {
      First before = answered.get(asked);
      if (before != null && first.began.since(before.began).compareTo(JOINED) < 0) {
        before.behind.add(scrape);
        // The first one's deadline bounds the wait; Jetty would end it after the time for clients.
        request.addIdleTimeoutListener(timeout -> false);
        return true;
      }
      answered.put(asked, first);
    }
    Request.addCompletionListener(request, failure -> ended(asked, first));
    return false;
  }

  private void ended(Asked asked, First first) {
    synchronized (answered) {
      answered.remove(asked, first);
    }
    for (Waiting each : first.behind) {
      try {
        executor.execute(() -> answer(each));
      } catch (RejectedExecutionException stopping) {
        each.callback().failed(stopping);
      }
    }
  }

  /** By the routes if the first one brought no page: its client was gone, or it failed. */
  private void answer(Waiting scrape) {
    Request request = scrape.request();
    Response response = scrape.response();
    Callback callback = scrape.callback();
    try {
      if (!isAnswered(scrape) && !super.handle(request, response, callback)) {
        Response.writeError(request, response, callback, 404);
      }
    } catch (Exception e) {
      Response.writeError(request, response, callback, e);
    }
  }
}
