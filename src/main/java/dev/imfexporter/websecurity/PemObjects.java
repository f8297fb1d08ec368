package dev.imfexporter.websecurity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** Reads certificates and keys; every failure is a sentence that names the place. */
final class PemObjects {
  /** RFC 8410, 3. */
  private static final ASN1ObjectIdentifier ED25519 = new ASN1ObjectIdentifier("1.3.101.112");

  private static final ASN1ObjectIdentifier ED448 = new ASN1ObjectIdentifier("1.3.101.113");

  /** The JDK's name of a key's algorithm. */
  private static final Map<ASN1ObjectIdentifier, String> ALGORITHMS =
      Map.of(
          PKCSObjectIdentifiers.rsaEncryption,
          "RSA",
          PKCSObjectIdentifiers.id_RSASSA_PSS,
          "RSASSA-PSS",
          X9ObjectIdentifiers.id_ecPublicKey,
          "EC",
          ED25519,
          "EdDSA",
          ED448,
          "EdDSA");

  private PemObjects() {}

  /** All certificates, in their order; at least one. */
  static List<X509Certificate> certificates(Pem pem) throws IOException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (PemObject object : objects(pem)) {
      if (object.getType().equals("CERTIFICATE")) {
        certificates.add(certificate(pem, object.getContent()));
      }
    }
    if (certificates.isEmpty()) {
      throw new IOException(pem + " has no certificate in PEM");
    }
    return certificates;
  }

  private static X509Certificate certificate(Pem pem, byte[] der) throws IOException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new IOException(pem + " has a certificate that cannot be read", e);
    }
  }

  /** The first key, in PKCS #8 (RFC 5958), PKCS #1 (RFC 8017) or SEC 1 (RFC 5915). */
  static PrivateKey privateKey(Pem pem) throws IOException {
    for (PemObject object : objects(pem)) {
      if (object.getType().equals("ENCRYPTED PRIVATE KEY") || !object.getHeaders().isEmpty()) {
        throw new IOException(pem + " has a key with a pass phrase: give it one without");
      }
      if (object.getType().endsWith("PRIVATE KEY")) {
        return privateKey(pem, object);
      }
    }
    throw new IOException(pem + " has no private key in PEM");
  }

  private static PrivateKey privateKey(Pem pem, PemObject object) throws IOException {
    try {
      PrivateKeyInfo info = info(object);
      String algorithm = ALGORITHMS.get(info.getPrivateKeyAlgorithm().getAlgorithm());
      if (algorithm == null) {
        throw new IOException(pem + " has a key that is neither RSA nor EC nor EdDSA");
      }
      return KeyFactory.getInstance(algorithm)
          .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(pem + " has a private key that cannot be read", e);
    }
  }

  private static PrivateKeyInfo info(PemObject object) throws IOException {
    return switch (object.getType()) {
      case "RSA PRIVATE KEY" ->
          new PrivateKeyInfo(
              new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
              RSAPrivateKey.getInstance(ASN1Primitive.fromByteArray(object.getContent())));
      case "EC PRIVATE KEY" -> {
        ECPrivateKey key =
            ECPrivateKey.getInstance(ASN1Primitive.fromByteArray(object.getContent()));
        yield new PrivateKeyInfo(
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject()),
            key);
      }
      default -> PrivateKeyInfo.getInstance(ASN1Primitive.fromByteArray(object.getContent()));
    };
  }

  private static List<PemObject> objects(Pem pem) throws IOException {
    String text = pem.read();
    List<PemObject> objects = new ArrayList<>();
    try (PemReader reader = new PemReader(new StringReader(text))) {
      for (PemObject next = reader.readPemObject(); next != null; next = reader.readPemObject()) {
        objects.add(next);
      }
    } catch (IOException | RuntimeException e) {
      throw new IOException(pem + " is damaged: it is no PEM from its first line to its last", e);
    }
    return objects;
  }
}
