package dev.imfexporter.http;

import dev.imfexporter.exposition.Exposition;
import dev.imfexporter.exposition.Format;
import dev.imfexporter.exposition.Rendered;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.clock.TimeSource;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Answers scrapes that come within a tenth of a second with the page of the first of them, in front
 * of the routes: of two hundred at once, one takes the long way, and the next scrape waits that
 * much less behind them. What is no plain GET of the metrics goes to the routes. Thread-safe.
 */
final class SharedScrapes extends Handler.Wrapper {
  /** For how long others may join a scrape; they ask for the same, so their deadlines are later. */
  static final Duration JOINED = Duration.ofMillis(100);

  /** The page of the first one is made by then, or its client has gone. */
  private static final Duration AFTER_DEADLINE = Duration.ofSeconds(1);

  private final String prefix;
  private final String path;
  private final Exposition metrics;
  private final RequestTimer timer;
  private final Executor executor;
  private final TimeSource time;

  /** Those that the routes answer now. Guarded by itself. */
  private final Map<Asked, First> answered = new HashMap<>();

  private record Asked(Format format, @Nullable String timeout) {}

  /**
   * A scrape on its way.
   *
   * @param page once it is made; empty if there will be none
   */
  private record First(Moment began, CompletableFuture<Optional<Rendered>> page) {}

  /** Its page is made once its answer begins; how fast its client reads holds up no other. */
  private static final class Begun extends Response.Wrapper {
    private final Consumer<Boolean> made;

    /**
     * @param made is given whether the page was made
     */
    Begun(Request request, Response response, Consumer<Boolean> made) {
      super(request, response);
      this.made = made;
    }

    @Override
    public void write(boolean last, ByteBuffer bytes, Callback callback) {
      int status = getStatus();
      made.accept(status == 0 || status == HttpStatus.OK_200); // 0 is sent as 200.
      super.write(last, bytes, callback);
    }
  }

  private record Waiting(Request request, Response response, Callback callback, Format format) {}

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
    Format format = AcceptedFormat.of(request.getHeaders().getValuesList(HttpHeader.ACCEPT));
    Waiting scrape = new Waiting(request, response, callback, format);
    return isAnswered(scrape) || joinsOrLeads(scrape);
  }

  private boolean isScrape(Request request) {
    return HttpMethod.GET.is(request.getMethod())
        && request.getHttpURI().getQuery() == null
        && Request.getPathInContext(request).equals(prefix + path);
  }

  private boolean isAnswered(Waiting scrape) {
    Optional<Rendered> page = metrics.shared(scrape.format());
    page.ifPresent(shared -> send(scrape, shared));
    return page.isPresent();
  }

  private void send(Waiting scrape, Rendered page) {
    Request request = scrape.request();
    Response response = scrape.response();
    RequestTiming.whenComplete(timer, path, request, response);
    response.setStatus(200);
    byte[] body =
        Answers.scrape(
            page, request.getHeaders().get(HttpHeader.ACCEPT_ENCODING), response.getHeaders()::put);
    response.write(true, ByteBuffer.wrap(body), scrape.callback());
  }

  /** Waits behind the one that came first, or is the first and goes to the routes. */
  private boolean joinsOrLeads(Waiting scrape) throws Exception {
    Request request = scrape.request();
    Asked asked = new Asked(scrape.format(), request.getHeaders().get(ScrapeDeadline.HEADER));
    First first = new First(time.now(), new CompletableFuture<>());
    @Nullable First before;
    synchronized (answered) {
      before = answered.get(asked);
      if (before == null || first.began().since(before.began()).compareTo(JOINED) >= 0) {
        before = null;
        answered.put(asked, first);
      }
    }
    if (before != null) {
      join(before, scrape);
      return true;
    }
    Request.addCompletionListener(request, failure -> ready(asked, first, Optional.empty()));
    Response begun =
        new Begun(
            request,
            scrape.response(),
            made -> ready(asked, first, made ? metrics.newest(asked.format()) : Optional.empty()));
    return super.handle(request, begun, scrape.callback());
  }

  private void join(First first, Waiting scrape) {
    Request request = scrape.request();
    // Jetty would end the wait after the time for clients.
    request.addIdleTimeoutListener(timeout -> false);
    Duration longest =
        ScrapeDeadline.of(request.getHeaders().get(ScrapeDeadline.HEADER)).plus(AFTER_DEADLINE);
    var unused =
        first
            .page()
            .copy()
            .orTimeout(longest.toNanos(), TimeUnit.NANOSECONDS)
            .whenComplete(
                (page, late) -> {
                  try {
                    Optional<Rendered> made = late == null ? page : Optional.empty();
                    executor.execute(() -> answer(scrape, made, late));
                  } catch (RejectedExecutionException stopping) {
                    scrape.callback().failed(stopping);
                  }
                });
  }

  private void ready(Asked asked, First first, Optional<Rendered> page) {
    synchronized (answered) {
      answered.remove(asked, first);
    }
    first.page().complete(page);
  }

  /**
   * By the routes if the first one brought no page: its client was gone, or it failed. How long ago
   * the page was made plays no part: to make it anew for each of those that had to wait would make
   * the wait of the others longer still.
   */
  private void answer(Waiting scrape, Optional<Rendered> page, @Nullable Throwable late) {
    Request request = scrape.request();
    Response response = scrape.response();
    Callback callback = scrape.callback();
    try {
      if (page.isPresent()) {
        send(scrape, page.get());
      } else if (late != null) {
        RequestTiming.whenComplete(timer, path, request, response);
        response.setStatus(503);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
        Content.Sink.write(response, true, "The page was not made in time.\n", callback);
      } else if (!isAnswered(scrape) && !super.handle(request, response, callback)) {
        Response.writeError(request, response, callback, 404);
      }
    } catch (Exception e) {
      Response.writeError(request, response, callback, e);
    }
  }
}
