package dev.imfexporter.http;

import io.javalin.http.Context;
import io.javalin.http.RequestLogger;
import io.javalin.router.Endpoint;
import java.util.Set;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.NanoTime;

/** Calls a {@link RequestTimer} with a bounded set of words, so that clients cannot add series. */
final class RequestTiming implements RequestLogger {
  /** The route of what no route answers. */
  static final String UNMATCHED = "unmatched";

  /** The method of what has none of {@link #METHODS}. */
  static final String OTHER = "OTHER";

  private static final double NANOS_PER_MILLI = 1e6;

  /** RFC 9110 section 9.3, and PATCH of RFC 5789. */
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

  private final RequestTimer timer;

  RequestTiming(RequestTimer timer) {
    this.timer = timer;
  }

  /**
   * Records an answer, of which Javalin knows nothing, when it is complete.
   *
   * @param route as of {@link RequestTimer#record}
   */
  static void whenComplete(RequestTimer timer, String route, Request request, Response response) {
    Request.addCompletionListener(
        request,
        failure ->
            timer.record(
                route,
                known(request.getMethod()),
                response.getStatus(),
                NanoTime.since(request.getHeadersNanoTime())));
  }

  private static String known(String method) {
    return METHODS.contains(method) ? method : OTHER;
  }

  @Override
  public void handle(Context request, Float milliseconds) {
    Endpoint endpoint = request.endpoints().lastHttpEndpoint();
    timer.record(
        endpoint == null ? UNMATCHED : endpoint.path,
        known(request.req().getMethod()),
        request.statusCode(),
        Math.round(milliseconds * NANOS_PER_MILLI));
  }
}
