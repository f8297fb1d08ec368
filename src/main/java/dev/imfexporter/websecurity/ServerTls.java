package dev.imfexporter.websecurity;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** What TLS is answered with: certificates and keys that were read, ready to use. Thread-safe. */
public final class ServerTls {
  static {
    // A client of TLS 1.2 could ask for it again and again, which costs the server more than it.
    // Java then answers with an alert (JSSE Reference Guide, "Customizing JSSE"); it reads the
    // property when TLS is first spoken in this process, and no other part of it is a server.
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
  }

  private final SSLContext context;
  private final SSLParameters parameters;
  private final X509Certificate certificate;

  private ServerTls(SSLContext context, SSLParameters parameters, X509Certificate certificate) {
    this.context = context;
    this.parameters = parameters;
    this.certificate = certificate;
  }

  /** Reads certificates and keys; blocks on files. */
  public static ServerTls of(TlsSettings settings) throws UnusableTls {
    CertifiedKey own = CertifiedKey.of(settings.certificate(), settings.key());
    if (!settings.curves().isEmpty() && !NamedGroups.canBeSet()) {
      throw new UnusableTls(
          "curve_preferences",
          "needs Java 20 or newer, and this is Java %d: leave it out"
              .formatted(Runtime.version().feature()));
    }
    List<X509Certificate> authorities =
        settings.clientCas().isPresent()
            ? CertifiedKey.certificates("client_ca", settings.clientCas().get())
            : List.of();
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          own.managers(), new TrustManager[] {ClientTrust.of(settings, authorities)}, null);
      return new ServerTls(context, parameters(settings), own.chain().get(0));
    } catch (GeneralSecurityException | IOException e) {
      throw new UnusableTls("cert", "cannot be used: " + e.getMessage(), e);
    }
  }

  private static SSLParameters parameters(TlsSettings settings) {
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(
        Arrays.stream(TlsVersion.values())
            .filter(
                version ->
                    version.compareTo(settings.least()) >= 0
                        && version.compareTo(settings.most()) <= 0)
            .map(TlsVersion::javaName)
            .toArray(String[]::new));
    parameters.setCipherSuites(suites(settings).map(Enum::name).toArray(String[]::new));
    parameters.setUseCipherSuitesOrder(settings.preferServer());
    // Setting one of them resets the other.
    if (settings.clients().required()) {
      parameters.setNeedClientAuth(true);
    } else if (settings.clients() != ClientAuth.NO_CLIENT_CERT) {
      parameters.setWantClientAuth(true);
    }
    if (!settings.curves().isEmpty()) {
      NamedGroups.set(parameters, settings.curves());
    }
    return parameters;
  }

  private static Stream<CipherSuite> suites(TlsSettings settings) {
    Stream<CipherSuite> all = Arrays.stream(CipherSuite.values());
    Stream<CipherSuite> tls13 = Arrays.stream(CipherSuite.values()).filter(CipherSuite::isTls13);
    Stream<CipherSuite> tls12 =
        settings.cipherSuites().isEmpty()
            ? all.filter(CipherSuite::isUsual)
            : settings.cipherSuites().stream().filter(suite -> !suite.isTls13());
    return Stream.concat(tls13, tls12);
  }

  /** For one connection. */
  public SSLEngine newEngine() {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setSSLParameters(parameters);
    return engine;
  }

  public SSLContext context() {
    return context;
  }

  /** When the server's certificate ends. */
  public Instant notAfter() {
    return certificate.getNotAfter().toInstant();
  }
}
