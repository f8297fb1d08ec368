package dev.imfexporter.collector;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Map;

/**
 * The beginning of a handshake of TLS 1.2 or older (<a
 * href="https://www.rfc-editor.org/rfc/rfc5246">RFC 5246</a>), for servers that Java does not speak
 * to. Up to the certificate, which a server sends unencrypted, no cipher is needed.
 */
final class OldHandshake {
  private static final int HANDSHAKE = 22;
  private static final int CLIENT_HELLO = 1;
  private static final int SERVER_HELLO = 2;
  private static final int CERTIFICATE = 11;
  private static final int TLS_1_0 = 0x0301;
  private static final int TLS_1_2 = 0x0303;

  /** Named as JSSE names them. */
  private static final Map<Integer, String> VERSIONS =
      Map.of(0x0300, "SSLv3", TLS_1_0, "TLSv1", 0x0302, "TLSv1.1", TLS_1_2, "TLSv1.2");

  /** For all records together; JSSE takes as much for a message. */
  private static final int MOST = 1 << 15;

  /** All suites with RSA that Windows Server 2003 or a later one has (RFC 5246, 4492, 2246). */
  private static final short[] SUITES = {
    (short) 0xC013, (short) 0xC014, 0x0033, 0x0039, 0x002F, 0x0035, 0x000A, 0x0005, 0x0004, 0x0009
  };

  /** Where the octets of the server come from. */
  @FunctionalInterface
  interface Octets {
    /** The next one, 0 to 255. */
    int next() throws IOException;
  }

  /**
   * What the server answered.
   *
   * @param protocol the version that it chose: its newest, up to TLS 1.2
   * @param old whether it is older than TLS 1.2
   */
  record Answer(String protocol, boolean old, X509Certificate certificate) {}

  private final Octets octets;
  private int taken;
  private int leftInRecord;

  private OldHandshake(Octets octets) {
    this.octets = octets;
  }

  /**
   * The record with which a client begins.
   *
   * @param random 32 octets
   */
  static byte[] hello(byte[] random) {
    ByteBuffer body = ByteBuffer.allocate(2 + 32 + 1 + 2 + 2 * SUITES.length + 2);
    body.putShort((short) TLS_1_2).put(random, 0, 32).put((byte) 0);
    body.putShort((short) (2 * SUITES.length));
    for (short suite : SUITES) {
      body.putShort(suite);
    }
    body.put((byte) 1).put((byte) 0); // no compression
    int length = body.capacity();
    return ByteBuffer.allocate(5 + 4 + length)
        .put((byte) HANDSHAKE)
        .putShort((short) TLS_1_0)
        .putShort((short) (4 + length))
        .putInt(CLIENT_HELLO << 24 | length)
        .put(body.array())
        .array();
  }

  /**
   * Reads until the certificate.
   *
   * @throws IOException if the server sends anything else, or more than there may be
   */
  static Answer answer(Octets octets) throws IOException {
    OldHandshake handshake = new OldHandshake(octets);
    byte[] hello = handshake.message(SERVER_HELLO);
    int version = hello.length < 2 ? 0 : ByteBuffer.wrap(hello).getShort();
    String protocol = VERSIONS.get(version);
    if (protocol == null) {
      throw new IOException("It chose version 0x%04x of TLS".formatted(version));
    }
    return new Answer(
        protocol, version < TLS_1_2, certificate(ByteBuffer.wrap(handshake.message(CERTIFICATE))));
  }

  private static X509Certificate certificate(ByteBuffer message) throws IOException {
    int list = message.remaining() < 6 ? -1 : length(message);
    int first = list < 3 ? -1 : length(message);
    if (first < 0 || first > message.remaining()) {
      throw new IOException("It sent no certificate");
    }
    byte[] der = new byte[first];
    message.get(der);
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new IOException("Its certificate is not one", e);
    }
  }

  /** Three octets. */
  private static int length(ByteBuffer from) {
    return (from.get() & 0xFF) << 16 | (from.getShort() & 0xFFFF);
  }

  private byte[] message(int type) throws IOException {
    int found = next();
    int length = next() << 16 | next() << 8 | next();
    if (found != type || length > MOST) {
      throw new IOException("It sent message %d of %d octets".formatted(found, length));
    }
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    while (message.size() < length) {
      message.write(next());
    }
    return message.toByteArray();
  }

  /** The next octet of a message, which may go on over several records. */
  private int next() throws IOException {
    if (leftInRecord == 0) {
      int type = octets.next();
      int version = octets.next() << 8 | octets.next();
      leftInRecord = octets.next() << 8 | octets.next();
      if (type != HANDSHAKE || leftInRecord == 0) {
        throw new IOException(
            "It sent a record of type %d and version 0x%04x".formatted(type, version));
      }
    }
    if (++taken > MOST) {
      throw new IOException("It sent too much");
    }
    leftInRecord--;
    return octets.next();
  }
}
