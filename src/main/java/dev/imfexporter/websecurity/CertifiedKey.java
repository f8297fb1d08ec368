package dev.imfexporter.websecurity;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * A private key with its certificate, of a server or of a client.
 *
 * @param chain the certificate first, then those between it and its authority
 */
record CertifiedKey(PrivateKey key, List<X509Certificate> chain) {

  /** Reads both; the error names the key {@code cert} or {@code key} of the settings. */
  static CertifiedKey of(Pem certificate, Pem key) throws UnusableTls {
    List<X509Certificate> chain = certificates("cert", certificate);
    PrivateKey secret = key(key);
    if (!belongTogether(secret, chain.get(0))) {
      throw new UnusableTls(
          "key",
          "%s has another key than that of the certificate in %s".formatted(key, certificate));
    }
    return new CertifiedKey(secret, chain);
  }

  /** Reads certificates, at least one; the error names this key of the settings. */
  static List<X509Certificate> certificates(String key, Pem pem) throws UnusableTls {
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

  /** What TLS takes. */
  KeyManager[] managers() throws GeneralSecurityException, IOException {
    char[] password = UUID.randomUUID().toString().toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("own", key, password, chain.toArray(Certificate[]::new));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    return keys.getKeyManagers();
  }
}
