package dev.imfexporter.websecurity;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** What TLS is answered with: certificates and keys that were read, ready to use. Thread-safe. */
public final class ServerTls {
  static {
    // A client of TLS 1.2 could ask for it again and again, which costs the server more than it.
    // Java
    // then answers with an alert (JSSE Reference Guide, "Customizing JSSE"); it reads the property
    // when TLS is first spoken in this process, and no other part of it is a server.
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
    List<X509Certificate> chain = certificates("cert", settings.certificate());
    PrivateKey key = key(settings.key());
    if (!belongTogether(key, chain.get(0))) {
      throw new UnusableTls(
          "key",
          "%s has another key than that of the certificate in %s"
              .formatted(settings.key(), settings.certificate()));
    }
    if (!settings.curves().isEmpty() && !NamedGroups.canBeSet()) {
      throw new UnusableTls(
          "curve_preferences",
          "needs Java 20 or newer, and this is Java %d: leave it out"
              .formatted(Runtime.version().feature()));
    }
    List<X509Certificate> authorities =
        settings.clientCas().isPresent()
            ? certificates("client_ca", settings.clientCas().get())
            : List.of();
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          keys(key, chain).getKeyManagers(),
          new TrustManager[] {ClientTrust.of(settings, authorities)},
          null);
      return new ServerTls(context, parameters(settings), chain.get(0));
    } catch (GeneralSecurityException | IOException e) {
      throw new UnusableTls("cert", "cannot be used: " + e.getMessage(), e);
    }
  }

  private static List<X509Certificate> certificates(String key, Pem pem) throws UnusableTls {
    try {
      return PemObjects.certificates(pem);
    } catch (IOException e) {
      throw new UnusableTls(key, String.valueOf(e.getMessage()), e);
    }
  }

  private static PrivateKey key(Pem pem) throws UnusableTls {
    try {
      return PemObjects.privateKey(pem);
    } catch (IOException e) {
      throw new UnusableTls("key", String.valueOf(e.getMessage()), e);
    }
  }

  /** Whether the certificate verifies what the key signs. */
  private static boolean belongTogether(PrivateKey key, X509Certificate certificate) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    try {
      if (algorithm.equals("RSASSA-PSS")) {
        return certificate.getPublicKey().getAlgorithm().equals("RSASSA-PSS");
      }
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update((byte) 1);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update((byte) 1);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // Keys of different algorithms.
    }
  }

  private static KeyManagerFactory keys(PrivateKey key, List<X509Certificate> chain)
      throws GeneralSecurityException, IOException {
    char[] password = UUID.randomUUID().toString().toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("server", key, password, chain.toArray(Certificate[]::new));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    return keys;
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
