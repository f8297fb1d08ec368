package dev.imfexporter.websecurity;

import dev.imfexporter.access.AnyCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * How a client speaks TLS: certificates and keys that were read, ready to use. The name in the
 * server's certificate is checked in the handshake. Thread-safe.
 */
public final class ClientTls {
  private final SSLSocketFactory sockets;
  private final Optional<String> serverName;

  private ClientTls(SSLSocketFactory sockets, Optional<String> serverName) {
    this.sockets = sockets;
    this.serverName = serverName;
  }

  /**
   * Reads certificates and keys; blocks on files.
   *
   * @throws UnusableTls that names the key {@code ca}, {@code cert} or {@code key}
   */
  public static ClientTls of(ClientTlsSettings settings) throws UnusableTls {
    Optional<CertifiedKey> own =
        settings.own().isPresent()
            ? Optional.of(
                CertifiedKey.of(settings.own().get().certificate(), settings.own().get().key()))
            : Optional.empty();
    Optional<List<X509Certificate>> authorities =
        settings.authorities().isPresent()
            ? Optional.of(CertifiedKey.certificates("ca", settings.authorities().get()))
            : Optional.empty();
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          own.isPresent() ? own.get().managers() : new KeyManager[0],
          trust(settings, authorities),
          null);
      return new ClientTls(context.getSocketFactory(), settings.serverName());
    } catch (GeneralSecurityException | IOException e) {
      throw new UnusableTls("cert", "cannot be used: " + e.getMessage(), e);
    }
  }

  /** Null for what Java trusts. */
  private static TrustManager @Nullable [] trust(
      ClientTlsSettings settings, Optional<List<X509Certificate>> authorities)
      throws GeneralSecurityException, IOException {
    if (settings.unverified()) {
      return new TrustManager[] {new AnyCertificate()};
    }
    return authorities.isPresent()
        ? new TrustManager[] {Authorities.trusting(authorities.get())}
        : null;
  }

  /** Makes a TLS connection of one that is open. Unconnected sockets are not made. */
  public SSLSocketFactory sockets() {
    return new Layered();
  }

  private final class Layered extends SSLSocketFactory {
    @Override
    public Socket createSocket(Socket open, String host, int port, boolean close)
        throws IOException {
      SSLSocket socket =
          (SSLSocket) sockets.createSocket(open, serverName.orElse(host), port, close);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return createSocket(new Socket(host, port), host, port, true);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort)
        throws IOException {
      return createSocket(new Socket(host, port, from, fromPort), host, port, true);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return createSocket(new Socket(host, port), host.getHostAddress(), port, true);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
        throws IOException {
      return createSocket(
          new Socket(host, port, from, fromPort), host.getHostAddress(), port, true);
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return sockets.getSupportedCipherSuites();
    }
  }
}
