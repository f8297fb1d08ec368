package dev.imfexporter.websecurity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The section {@code tls_server_config} of the <a
 * href="https://github.com/prometheus/exporter-toolkit/blob/master/docs/web-configuration.md">format
 * of Prometheus' exporters</a>.
 *
 * @param clientCas whose certificates clients may have; present if {@code clients} are verified
 * @param allowedSans alternative names of which a client's certificate has to have one; empty for
 *     any
 * @param cipherSuites of TLS 1.2, the preferred one first; empty for those of {@link CipherSuite}
 *     that encrypt and authenticate at once
 * @param curves the preferred one first; empty for those of Java
 * @param preferServer whether the order of this list decides, and not that of the client
 */
public record TlsSettings(
    Pem certificate,
    Pem key,
    ClientAuth clients,
    Optional<Pem> clientCas,
    List<String> allowedSans,
    TlsVersion least,
    TlsVersion most,
    List<CipherSuite> cipherSuites,
    List<Curve> curves,
    boolean preferServer) {
  public TlsSettings {
    allowedSans = List.copyOf(allowedSans);
    cipherSuites = List.copyOf(cipherSuites);
    curves = List.copyOf(curves);
  }

  /** TLS as that of a file that names only certificate and key. */
  public static TlsSettings of(Pem certificate, Pem key) {
    return new TlsSettings(
        certificate,
        key,
        ClientAuth.NO_CLIENT_CERT,
        Optional.empty(),
        List.of(),
        TlsVersion.TLS12,
        TlsVersion.TLS13,
        List.of(),
        List.of(),
        true);
  }

  /** What is read from files, which may be replaced. */
  List<Pem> sources() {
    List<Pem> sources = new ArrayList<>(List.of(certificate, key));
    clientCas.ifPresent(sources::add);
    return sources;
  }
}
