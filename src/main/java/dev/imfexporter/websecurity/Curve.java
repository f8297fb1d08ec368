package dev.imfexporter.websecurity;

import dev.imfexporter.text.HasWord;

/** The curves of a key exchange, by the toolkit's names. */
public enum Curve implements HasWord {
  P256("CurveP256", "secp256r1"),
  P384("CurveP384", "secp384r1"),
  P521("CurveP521", "secp521r1"),
  X25519("X25519", "x25519");

  private final String word;
  private final String java;

  Curve(String word, String java) {
    this.word = word;
    this.java = java;
  }

  @Override
  public String word() {
    return word;
  }

  String javaName() {
    return java;
  }
}
