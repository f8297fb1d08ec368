package dev.imfexporter.http;

import dev.imfexporter.websecurity.CurrentWebSecurity;
import dev.imfexporter.websecurity.ServerTls;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Makes an engine for each connection of what the files say then. */
final class TlsEngines extends SslContextFactory.Server {
  private final CurrentWebSecurity security;

  TlsEngines(CurrentWebSecurity security) {
    this.security = security;
    setSslContext(tls().context());
    // Java refuses each with an alert, see ServerTls. Jetty would close the connection in order,
    // which scanners take for a renegotiation that succeeds.
    setRenegotiationAllowed(true);
  }

  private ServerTls tls() {
    return security.get().tls().orElseThrow();
  }

  @Override
  public SSLEngine newSSLEngine() {
    return tls().newEngine();
  }

  @Override
  public SSLEngine newSSLEngine(String host, int port) {
    return newSSLEngine();
  }

  @Override
  public SSLEngine newSSLEngine(InetSocketAddress client) {
    return newSSLEngine();
  }
}
