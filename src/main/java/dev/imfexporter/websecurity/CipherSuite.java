package dev.imfexporter.websecurity;

/**
 * The cipher suites of TLS 1.2 and 1.3 that the toolkit knows, by the names of Go's <a
 * href="https://pkg.go.dev/crypto/tls#CipherSuites">CipherSuites</a>, which are those of IANA and
 * of Java too. In the order of preference.
 */
public enum CipherSuite {
  TLS_AES_128_GCM_SHA256(Kind.TLS13),
  TLS_AES_256_GCM_SHA384(Kind.TLS13),
  TLS_CHACHA20_POLY1305_SHA256(Kind.TLS13),
  TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256(Kind.AEAD),
  TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256(Kind.AEAD),
  TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384(Kind.AEAD),
  TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384(Kind.AEAD),
  TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256(Kind.AEAD),
  TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256(Kind.AEAD),
  TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA(Kind.CBC),
  TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA(Kind.CBC),
  TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA(Kind.CBC),
  TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA(Kind.CBC);

  private enum Kind {
    TLS13,
    AEAD,
    CBC
  }

  private final Kind kind;

  CipherSuite(Kind kind) {
    this.kind = kind;
  }

  /** Those of TLS 1.3 cannot be chosen, as in the toolkit. */
  boolean isTls13() {
    return kind == Kind.TLS13;
  }

  /** Without CBC, in which scanners see the attack Lucky 13. */
  boolean isUsual() {
    return kind == Kind.AEAD;
  }
}
