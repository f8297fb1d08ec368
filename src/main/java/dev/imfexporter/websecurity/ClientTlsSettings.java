package dev.imfexporter.websecurity;

import java.util.Optional;

/**
 * The section {@code tls_config} of Prometheus' <a
 * href="https://prometheus.io/docs/prometheus/latest/configuration/configuration/#tls_config">
 * configuration of an HTTP client</a>.
 *
 * @param authorities whose certificates the server may have; empty for those that Java trusts
 * @param own what the client shows; empty for nothing
 * @param serverName what the server's certificate is for; empty for the host of the address
 * @param unverified whether any certificate is taken, and {@code authorities} is not looked at
 */
public record ClientTlsSettings(
    Optional<Pem> authorities, Optional<Own> own, Optional<String> serverName, boolean unverified) {

  /** A certificate with its key. */
  public record Own(Pem certificate, Pem key) {}
}
