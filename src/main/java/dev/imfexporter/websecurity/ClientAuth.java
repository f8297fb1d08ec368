package dev.imfexporter.websecurity;

import dev.imfexporter.text.HasWord;

/**
 * Which certificates clients need, by the names of Go's <a
 * href="https://pkg.go.dev/crypto/tls#ClientAuthType">ClientAuthType</a>.
 */
public enum ClientAuth implements HasWord {
  NO_CLIENT_CERT("NoClientCert", false, false),
  /** It is asked for, and not verified. */
  REQUEST_CLIENT_CERT("RequestClientCert", false, false),
  /** Not verified. */
  REQUIRE_ANY_CLIENT_CERT("RequireAnyClientCert", true, false),
  VERIFY_CLIENT_CERT_IF_GIVEN("VerifyClientCertIfGiven", false, true),
  REQUIRE_AND_VERIFY_CLIENT_CERT("RequireAndVerifyClientCert", true, true);

  private final String word;
  private final boolean required;
  private final boolean verified;

  ClientAuth(String word, boolean required, boolean verified) {
    this.word = word;
    this.required = required;
    this.verified = verified;
  }

  @Override
  public String word() {
    return word;
  }

  /** Whether a client without a certificate is refused. */
  public boolean required() {
    return required;
  }

  /** Whether a certificate has to come from the configured authorities. */
  public boolean verified() {
    return verified;
  }
}
