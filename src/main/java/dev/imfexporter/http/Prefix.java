package dev.imfexporter.http;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What is outside the prefix of the routes: {@code /} leads to it, and nothing else is there. */
final class Prefix extends Handler.Wrapper {
  private final String start;

  /**
   * @param start where browsers find the first page
   */
  Prefix(String start, Handler next) {
    super(next);
    this.start = start;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (super.handle(request, response, callback)) {
      return true;
    }
    if (Request.getPathInContext(request).equals("/")) {
      Response.sendRedirect(request, response, callback, start);
    } else {
      response.setStatus(404);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
      Content.Sink.write(
          response,
          true,
          "There is nothing here; the pages begin at %s.\n".formatted(start),
          callback);
    }
    return true;
  }
}
