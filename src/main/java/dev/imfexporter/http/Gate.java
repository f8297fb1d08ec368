package dev.imfexporter.http;

import dev.imfexporter.websecurity.CurrentWebSecurity;
import dev.imfexporter.websecurity.Passwords;
import dev.imfexporter.websecurity.WebSecurity;
import java.time.Duration;
import java.util.Optional;
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
  private static final int TOO_MANY_REQUESTS = 429;

  /** Before Jetty would end the connection as idle. */
  private static final Duration LONGEST_LOG_IN = Duration.ofSeconds(30);

  private final CurrentWebSecurity security;
  private final ConnectionGuard connections;
  private final LogIns logIns = new LogIns(LONGEST_LOG_IN);

  Gate(CurrentWebSecurity security, ConnectionGuard connections, Handler next) {
    super(next);
    this.security = security;
    this.connections = connections;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    WebSecurity now = security.get();
    connections.answers(request, response);
    SecurityHeaders.put(response.getHeaders(), now.headers());
    if (now.limit().isPresent() && !now.limit().get().take()) {
      refuse(response, callback, TOO_MANY_REQUESTS, "Too many requests: ask again later.");
      return true;
    }
    if (now.passwords().isEmpty()) {
      return super.handle(request, response, callback);
    }
    Optional<BasicCredentials> given =
        BasicCredentials.of(request.getHeaders().get(HttpHeader.AUTHORIZATION));
    if (given.isEmpty()) {
      refuseLogIn(response, callback);
      return true;
    }
    BasicCredentials who = given.get();
    Optional<Boolean> known = now.passwords().known(who.user(), who.password());
    if (known.isEmpty()) {
      checkLater(now.passwords(), who, request, response, callback);
    } else if (known.get()) {
      return super.handle(request, response, callback);
    } else {
      refuseLogIn(response, callback);
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
            .check(passwords, who)
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
    if (failure instanceof RejectedExecutionException || failure instanceof TimeoutException) {
      refuse(response, callback, 503, "Too many log-ins are being checked: ask again later.");
    } else if (failure != null) {
      Response.writeError(request, response, callback, failure);
    } else if (Boolean.TRUE.equals(right)) {
      pass(request, response, callback);
    } else {
      refuseLogIn(response, callback);
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

  private static void refuseLogIn(Response response, Callback callback) {
    // The charset is the only one that RFC 7617 lets a server name.
    response
        .getHeaders()
        .put(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"imf-exporter\", charset=\"UTF-8\"");
    refuse(response, callback, 401, "Log in with a user of --web.config.file.");
  }

  private static void refuse(Response response, Callback callback, int status, String sentence) {
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
    response.setStatus(status);
    Content.Sink.write(response, true, sentence + "\n", callback);
  }

  @Override
  protected void doStop() throws Exception {
    logIns.close();
    super.doStop();
  }
}
