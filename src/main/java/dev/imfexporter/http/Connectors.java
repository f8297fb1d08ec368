package dev.imfexporter.http;

import dev.imfexporter.websecurity.CurrentWebSecurity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;

/** The addresses that are listened on, all by TLS or none. */
final class Connectors {
  private static final int REQUEST_HEADERS = 8 * 1024;
  private static final int IDLE_MILLIS = 60_000;

  /**
   * Connections that wait to be accepted, if the system allows as many. Java's own default is 50;
   * of more at the same moment, some would try again a second later.
   */
  private static final int ACCEPT_QUEUE = 1024;

  private final Server jetty;
  private final ConnectionGuard guard;
  private final CurrentWebSecurity security;
  private final RequestTimer timer;
  private final HandshakeLog handshakes = new HandshakeLog();
  private final Map<ServerConnector, InetSocketAddress> connectors = new LinkedHashMap<>();

  Connectors(Server jetty, ConnectionGuard guard, CurrentWebSecurity security, RequestTimer timer) {
    this.jetty = jetty;
    this.guard = guard;
    this.security = security;
    this.timer = timer;
  }

  void add(InetSocketAddress address) {
    ServerConnector connector = new ServerConnector(jetty, null, null, null, 0, 1, protocols());
    if (!address.getAddress().isAnyLocalAddress()) {
      connector.setHost(address.getAddress().getHostAddress());
    }
    connector.setPort(address.getPort());
    connector.setIdleTimeout(IDLE_MILLIS);
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    connector.addBean(guard, false);
    jetty.addConnector(connector);
    connectors.put(connector, address);
  }

  private ConnectionFactory[] protocols() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(REQUEST_HEADERS);
    // For a second request, each connection would keep 100 KB to look headers up in, which is more
    // than the heap for connections that stay open.
    http.setHeaderCacheSize(0);
    http.setOutputBufferSize(dev.imfexporter.http.Server.BODY_BUFFER);
    http.setOutputAggregationSize(dev.imfexporter.http.Server.BODY_BUFFER);
    List<ConnectionFactory> protocols = new ArrayList<>();
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    if (security.get().tls().isPresent()) {
      SslConnectionFactory tls =
          new SslConnectionFactory(new TlsEngines(security), plain.getProtocol());
      // It would refuse requests by an address that the certificate does not name; clients decide.
      tls.setEnsureSecureRequestCustomizer(false);
      tls.addBean(handshakes);
      protocols.add(new TlsOrPlain(tls, security, timer));
    }
    protocols.add(plain);
    return protocols.toArray(ConnectionFactory[]::new);
  }

  /** Takes the addresses, before anything is accepted. */
  void open() throws BindFailed {
    for (Map.Entry<ServerConnector, InetSocketAddress> each : connectors.entrySet()) {
      try {
        each.getKey().open();
      } catch (IOException e) {
        throw BindFailed.refused(each.getValue(), e);
      }
    }
  }

  /** Gives up the addresses, also where the server never started. */
  void close() {
    connectors.keySet().forEach(ServerConnector::close);
  }

  /** In the order of the addresses. */
  List<Integer> ports() {
    return connectors.keySet().stream().map(ServerConnector::getLocalPort).toList();
  }
}
