package dev.imfexporter.access.smb;

import dev.imfexporter.access.smb.rpc.Protection;
import dev.imfexporter.access.smb.rpc.RpcException.Malformed;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The tokens that sign and seal once a key is agreed on (RFC 4121, 4.2), with the data left in its
 * place, and the numbers by which neither side takes one twice. For one thread at a time.
 */
final class KerberosTokens {
  /** Numbers of key uses (RFC 4121, 2). */
  private static final int OF_HOST_SEAL = 22;

  private static final int OF_HOST_SIGN = 23;
  private static final int OF_SEAL = 24;
  private static final int OF_SIGN = 25;

  private static final int TOKEN = 16;
  private static final short SIGNED = 0x0404;
  private static final short SEALED = 0x0504;
  private static final int FROM_ACCEPTOR = 1;
  private static final int CONFIDENTIAL = 2;
  private static final int ACCEPTOR_SUBKEY = 4;

  /** A token's copy behind the data, and the checksum. */
  private static final int ROTATION = TOKEN + KerberosKey.CHECKSUM;

  /** The extra bytes behind the data: Windows wants as many as a block. */
  private static final int FILLER = KerberosKey.BLOCK;

  /** The sec_trailer before a verifier (MS-RPCE 2.2.2.11). */
  private static final int TRAILER = 8;

  /** The bytes of a verifier of ours. */
  static final int LENGTH = TOKEN + KerberosKey.BLOCK + ROTATION + FILLER;

  private final KerberosKey key;
  private final boolean ofAcceptor;
  private long out;
  private long in;

  /**
   * @param ofAcceptor whether the host chose the key
   * @param out the number of our first token
   * @param in the number of the host's first token
   */
  KerberosTokens(KerberosKey key, boolean ofAcceptor, long out, long in) {
    this.key = key;
    this.ofAcceptor = ofAcceptor;
    this.out = out;
    this.in = in;
  }

  /** Whether a verifier of the host may have that length: it may leave out the extra bytes. */
  static boolean fits(int verifier) {
    return verifier >= LENGTH - FILLER && verifier <= LENGTH;
  }

  /** The number of the host's next token. */
  long hostNumber() {
    return in;
  }

  /** Returns our next MIC token (RFC 4121, 4.2.6.1) over the data. */
  byte[] sign(byte[] data) {
    return signed(0, OF_SIGN, out++, data);
  }

  /** Whether the bytes are the host's next MIC token over the data. */
  boolean isSignature(byte[] sent, byte[] data) {
    return MessageDigest.isEqual(signed(FROM_ACCEPTOR, OF_HOST_SIGN, in++, data), sent);
  }

  private byte[] signed(int sender, int usage, long number, byte[] data) {
    byte[] head =
        ByteBuffer.allocate(TOKEN)
            .putShort(SIGNED)
            .put((byte) (sender | (ofAcceptor ? ACCEPTOR_SUBKEY : 0)))
            .put((byte) -1)
            .putInt(-1)
            .putLong(number)
            .array();
    return Der.joined(head, key.checksum(usage, data, head));
  }

  /** A Wrap token (RFC 4121, 4.2.6.2), without the data. */
  private byte[] token(int rotation) {
    return ByteBuffer.allocate(TOKEN)
        .putShort(SEALED)
        .put((byte) (CONFIDENTIAL | (ofAcceptor ? ACCEPTOR_SUBKEY : 0)))
        .put((byte) -1)
        .putShort((short) FILLER)
        .putShort((short) rotation)
        .putLong(out)
        .array();
  }

  /** Encrypts and signs a request in place, as {@link Protection#seal}. */
  void seal(byte[] pdu, int from, int length) {
    byte[] plain =
        Der.joined(
            KerberosKey.random(KerberosKey.BLOCK),
            Arrays.copyOfRange(pdu, from, from + length),
            new byte[FILLER],
            token(0));
    byte[] all = Der.joined(key.scramble(OF_SEAL, plain), key.integrity(OF_SEAL, plain));
    byte[] turned = turnedLeft(all, all.length - ROTATION - FILLER);
    byte[] head = token(ROTATION);
    out++;
    int behind = turned.length - length;
    System.arraycopy(turned, behind, pdu, from, length);
    System.arraycopy(head, 0, pdu, pdu.length - LENGTH, TOKEN);
    System.arraycopy(turned, 0, pdu, pdu.length - LENGTH + TOKEN, behind);
  }

  /** Decrypts a response in place, as {@link Protection#unseal}. */
  void unseal(byte[] pdu, int from, int length) throws Malformed {
    byte[] verifier = Arrays.copyOfRange(pdu, from + length + TRAILER, pdu.length);
    ByteBuffer head = ByteBuffer.wrap(verifier);
    int filler = Short.toUnsignedInt(head.getShort(4));
    int rotation = Short.toUnsignedInt(head.getShort(6));
    int flags = FROM_ACCEPTOR | CONFIDENTIAL | (ofAcceptor ? ACCEPTOR_SUBKEY : 0);
    if (head.getShort(0) != SEALED
        || verifier[2] != flags
        || verifier.length != LENGTH - FILLER + filler
        || head.getLong(8) != in) {
      throw changed();
    }
    in++;
    byte[] turned =
        Der.joined(
            Arrays.copyOfRange(verifier, TOKEN, verifier.length),
            Arrays.copyOfRange(pdu, from, from + length));
    byte[] all = turnedLeft(turned, (rotation + filler) % turned.length);
    int end = all.length - KerberosKey.CHECKSUM;
    byte[] plain = key.unscramble(OF_HOST_SEAL, Arrays.copyOf(all, end));
    verifier[6] = 0;
    verifier[7] = 0;
    if (!MessageDigest.isEqual(
            key.integrity(OF_HOST_SEAL, plain), Arrays.copyOfRange(all, end, all.length))
        || !MessageDigest.isEqual(
            Arrays.copyOf(verifier, TOKEN),
            Arrays.copyOfRange(plain, plain.length - TOKEN, plain.length))) {
      throw changed();
    }
    System.arraycopy(plain, KerberosKey.BLOCK, pdu, from, length);
  }

  private static Malformed changed() {
    return new Malformed("A sealed answer was changed on its way");
  }

  private static byte[] turnedLeft(byte[] bytes, int by) {
    return Der.joined(Arrays.copyOfRange(bytes, by, bytes.length), Arrays.copyOf(bytes, by));
  }
}
