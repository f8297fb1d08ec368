package dev.imfexporter.websecurity;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Which certificates of clients are accepted. */
final class ClientTrust extends X509ExtendedTrustManager {
  private static final int DNS = 2;
  private static final int MAIL = 1;
  private static final int URI = 6;
  private static final int IP = 7;

  /** Of literal addresses only, so that no name is asked for. */
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private final Optional<X509ExtendedTrustManager> authorities;
  private final List<String> allowedSans;

  private ClientTrust(Optional<X509ExtendedTrustManager> authorities, List<String> allowedSans) {
    this.authorities = authorities;
    this.allowedSans = allowedSans;
  }

  static ClientTrust of(TlsSettings settings, List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    return new ClientTrust(
        settings.clients().verified()
            ? Optional.of(Authorities.trusting(authorities))
            : Optional.empty(),
        settings.allowedSans());
  }

  @Override
  public void checkClientTrusted(
      X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
      throws CertificateException {
    if (authorities.isPresent()) {
      authorities.get().checkClientTrusted(chain, authType, engine);
    }
    checkNames(chain[0]);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    checkClientTrusted(chain, authType, (SSLEngine) null);
  }

  @Override
  public void checkServerTrusted(
      X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("a server checks clients only");
  }

  /** What a client is shown, so that it can choose a certificate. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities
        .map(X509ExtendedTrustManager::getAcceptedIssuers)
        .orElse(new X509Certificate[0]);
  }

  private void checkNames(X509Certificate certificate) throws CertificateException {
    if (allowedSans.isEmpty()) {
      return;
    }
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    if (names == null || names.stream().noneMatch(this::isAllowed)) {
      throw new CertificateException("no alternative name of the certificate is allowed");
    }
  }

  /** The type of a name and its text (RFC 5280, 4.2.1.6). */
  private boolean isAllowed(List<?> name) {
    if (!(name.get(0) instanceof Integer type) || !(name.get(1) instanceof String text)) {
      return false;
    }
    return switch (type) {
      case DNS, MAIL, URI -> allowedSans.contains(text);
      case IP -> allowedSans.stream().anyMatch(allowed -> isSameAddress(allowed, text));
      default -> false;
    };
  }

  /** An IPv6 address can be written in several ways. */
  private static boolean isSameAddress(String allowed, String found) {
    if (!ADDRESS.matcher(allowed).matches()) {
      return false;
    }
    try {
      return InetAddress.getByName(allowed).equals(InetAddress.getByName(found));
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
