package dev.imfexporter.websecurity;

/** The versions that Java speaks with its security settings as they are shipped. */
public enum TlsVersion {
  TLS12("TLSv1.2"),
  TLS13("TLSv1.3");

  private final String java;

  TlsVersion(String java) {
    this.java = java;
  }

  String javaName() {
    return java;
  }
}
