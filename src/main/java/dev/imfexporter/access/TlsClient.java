package dev.imfexporter.access;

import dev.imfexporter.access.Tcp.OldTls;
import dev.imfexporter.access.Tcp.Tls;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** Speaks TLS over a connected socket, and accepts every certificate. */
final class TlsClient {
  /** How JSSE says that a server selected an old version, or refused every newer one (RFC 5246). */
  private static final Pattern VERSION =
      Pattern.compile("protocol.version", Pattern.CASE_INSENSITIVE);

  private TlsClient() {}

  /** A socket for TLS over the given one. */
  record Secured(Socket socket, Tls tls) {}

  static Secured secure(Socket socket, String name) throws IOException {
    SSLSocket tls =
        (SSLSocket) context().getSocketFactory().createSocket(socket, name, socket.getPort(), true);
    try {
      tls.startHandshake();
    } catch (SSLException e) {
      String why = e.getMessage();
      throw why != null && VERSION.matcher(why).find() ? new OldTls(e) : e;
    }
    SSLSession session = tls.getSession();
    return new Secured(tls, new Tls(session.getProtocol(), certificate(session)));
  }

  private static Optional<X509Certificate> certificate(SSLSession session) {
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain.length > 0 && chain[0] instanceof X509Certificate first
          ? Optional.of(first)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  /** New each time: a resumed session would have the certificate of an earlier handshake. */
  private static SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new AnyCertificate()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no TLS", e);
    }
  }
}
