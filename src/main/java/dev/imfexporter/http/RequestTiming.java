package dev.imfexporter.http;

import io.javalin.http.Context;
import io.javalin.http.RequestLogger;
import io.javalin.router.Endpoint;
import java.util.Set;

/** Calls a {@link RequestTimer} with a bounded set of words, so that clients cannot add series. */
final class RequestTiming implements RequestLogger {
  private static final double NANOS_PER_MILLI = 1e6;

  /** RFC 9110 section 9.3, and PATCH of RFC 5789. */
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

  private final RequestTimer timer;

  RequestTiming(RequestTimer timer) {
    this.timer = timer;
  }

  @Override
  public void handle(Context request, Float milliseconds) {
    Endpoint endpoint = request.endpoints().lastHttpEndpoint();
    String method = request.req().getMethod();
    timer.record(
        endpoint == null ? "unmatched" : endpoint.path,
        METHODS.contains(method) ? method : "OTHER",
        request.statusCode(),
        Math.round(milliseconds * NANOS_PER_MILLI));
  }
}
