package dev.imfexporter.http;

import dev.imfexporter.websecurity.CurrentWebSecurity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;

/**
 * A port for TLS that tells a client of plain HTTP so, as Go's servers do. The answer is made here,
 * of the first bytes alone: such a client reaches no handler.
 */
final class TlsOrPlain extends DetectorConnectionFactory {
  private static final String SENTENCE =
      "This is a port for HTTPS, and the request came by HTTP: begin its address with https://.\n";

  private final SslConnectionFactory tls;
  private final CurrentWebSecurity security;
  private final RequestTimer timer;

  TlsOrPlain(SslConnectionFactory tls, CurrentWebSecurity security, RequestTimer timer) {
    super(tls);
    this.tls = tls;
    this.security = security;
    this.timer = timer;
  }

  /** For what does not begin as TLS does. */
  @Override
  protected void nextProtocol(Connector connector, EndPoint client, ByteBuffer first) {
    if (isHttp(first)) {
      refuse(client);
    } else {
      upgradeToConnectionFactory(tls, connector, client); // Which has an alert for it.
    }
  }

  /** By the first letter of the method; no record of TLS, nor a hello of SSL 2, begins with one. */
  private static boolean isHttp(ByteBuffer first) {
    byte letter = first.get(first.position());
    return letter >= 'A' && letter <= 'Z';
  }

  private void refuse(EndPoint client) {
    long began = NanoTime.now();
    client.write(
        Callback.from(
            () -> {
              timer.record(
                  RequestTiming.UNMATCHED, RequestTiming.OTHER, 400, NanoTime.since(began));
              client.close();
            },
            client::close),
        ByteBuffer.wrap(answer(security.get().headers())));
  }

  private static byte[] answer(Map<String, String> configured) {
    HttpFields.Mutable headers = HttpFields.build();
    SecurityHeaders.put(headers, configured);
    headers.put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
    headers.put(HttpHeader.CONTENT_LENGTH, SENTENCE.length());
    headers.put(HttpFields.CONNECTION_CLOSE);
    StringBuilder answer = new StringBuilder("HTTP/1.1 400 Bad Request\r\n");
    for (HttpField header : headers) {
      answer.append(header.getName()).append(": ").append(header.getValue()).append("\r\n");
    }
    return answer.append("\r\n").append(SENTENCE).toString().getBytes(StandardCharsets.UTF_8);
  }
}
