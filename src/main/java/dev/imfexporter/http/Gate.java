package dev.imfexporter.http;

import static java.lang.System.Logger.Level.WARNING;

import dev.imfexporter.websecurity.CurrentWebSecurity;
import dev.imfexporter.websecurity.Passwords;
import dev.imfexporter.websecurity.WebSecurity;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * What every request passes first, in the order of Prometheus' exporters: the rate limit, the
 * headers, the log-in. A password that is not known yet is checked on a thread of its own, so that
 * guesses hold up no request whose password is known.
 */
final class Gate extends Handler.Wrapper {
  private static final System.Logger LOG = System.getLogger(Gate.class.getName());

  /** Before Jetty would end the connection as idle. */
  private static final Duration LONGEST_LOG_IN = Duration.ofSeconds(30);

  private final CurrentWebSecurity security;
  private final ConnectionGuard connections;
  private final RequestTimer timer;
  private final LogLines<Refusal> lines = new LogLines<>(Refusal.class);
  private final LogIns logIns = new LogIns(LONGEST_LOG_IN);

  private enum Refusal {
    RATE_LIMIT(429, "Too many requests: ask again later.", "rate_limit is reached"),
    NO_LOG_IN(401, "Log in with a user of --web.config.file.", "it sent no user and password"),
    WRONG_LOG_IN(
        401,
        "Log in with a user of --web.config.file.",
        "there is no such user, or the password is wrong"),
    BUSY(
        503,
        "Too many log-ins are being checked: ask again later.",
        "too many passwords that are not known yet are being checked"),
    SLOW(
        503,
        "The password was not checked within %d s: ask again later."
            .formatted(LONGEST_LOG_IN.toSeconds()),
        "its password was not checked within %d s; hashes of a lower cost take less time"
            .formatted(LONGEST_LOG_IN.toSeconds())),
    STOPPING(503, "The exporter is stopping.", "the exporter is stopping");

    private final int status;
    private final String sentence;
    private final String why;

    Refusal(int status, String sentence, String why) {
      this.status = status;
      this.sentence = sentence;
      this.why = why;
    }
  }

  Gate(CurrentWebSecurity security, ConnectionGuard connections, RequestTimer timer, Handler next) {
    super(next);
    this.security = security;
    this.connections = connections;
    this.timer = timer;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    WebSecurity now = security.get();
    connections.answers(request, response);
    SecurityHeaders.put(response.getHeaders(), now.headers());
    if (now.limit().isPresent() && !now.limit().get().take()) {
      refuse(Refusal.RATE_LIMIT, request, response, callback);
      return true;
    }
    if (now.passwords().isEmpty()) {
      return super.handle(request, response, callback);
    }
    Optional<BasicCredentials> given =
        BasicCredentials.of(request.getHeaders().get(HttpHeader.AUTHORIZATION));
    if (given.isEmpty()) {
      refuse(Refusal.NO_LOG_IN, request, response, callback);
      return true;
    }
    BasicCredentials who = given.get();
    Optional<Boolean> known = now.passwords().known(who.user(), who.password());
    if (known.isEmpty()) {
      checkLater(now.passwords(), who, request, response, callback);
    } else if (known.get()) {
      return super.handle(request, response, callback);
    } else {
      refuse(Refusal.WRONG_LOG_IN, request, response, callback);
    }
    return true;
  }

  private void checkLater(
      Passwords passwords,
      BasicCredentials who,
      Request request,
      Response response,
      Callback callback) {
    var unused =
        logIns
            .check(passwords, who, request.getConnectionMetaData().getRemoteSocketAddress())
            .whenComplete(
                (right, failure) -> {
                  try {
                    getServer()
                        .getThreadPool()
                        .execute(() -> answer(right, failure, request, response, callback));
                  } catch (RejectedExecutionException stopping) {
                    callback.failed(stopping);
                  }
                });
  }

  private void answer(
      @Nullable Boolean right,
      @Nullable Throwable failure,
      Request request,
      Response response,
      Callback callback) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof RejectedExecutionException) {
      refuse(Refusal.BUSY, request, response, callback);
    } else if (cause instanceof TimeoutException) {
      refuse(Refusal.SLOW, request, response, callback);
    } else if (cause instanceof LogIns.Stopping) {
      refuse(Refusal.STOPPING, request, response, callback);
    } else if (failure != null) {
      Response.writeError(request, response, callback, failure);
    } else if (Boolean.TRUE.equals(right)) {
      pass(request, response, callback);
    } else {
      refuse(Refusal.WRONG_LOG_IN, request, response, callback);
    }
  }

  private void pass(Request request, Response response, Callback callback) {
    try {
      if (!super.handle(request, response, callback)) {
        Response.writeError(request, response, callback, 404);
      }
    } catch (Exception e) {
      Response.writeError(request, response, callback, e);
    }
  }

  private void refuse(Refusal refusal, Request request, Response response, Callback callback) {
    RequestTiming.whenComplete(timer, RequestTiming.UNMATCHED, request, response);
    if (lines.take(refusal)) {
      LOG.log(
          WARNING,
          "a request of {0} was refused with {1}: {2}; more of these are logged once a minute",
          Request.getRemoteAddr(request),
          refusal.status,
          refusal.why);
    }
    HttpFields.Mutable headers = response.getHeaders();
    if (refusal.status == 401) {
      // The charset is the only one that RFC 7617 lets a server name.
      headers.put(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"imf-exporter\", charset=\"UTF-8\"");
    }
    headers.put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
    response.setStatus(refusal.status);
    Content.Sink.write(response, true, refusal.sentence + "\n", callback);
  }

  /** Answers requests that wait for the check of a password with 503, now and later. */
  void stopLogIns() {
    logIns.close();
  }
}
