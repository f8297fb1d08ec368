package dev.imfexporter.access.smb.rpc;

import dev.imfexporter.access.smb.rpc.RpcException.Malformed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * NTLMv2 with sealed messages (MS-NLMP 3.4, RPC_C_AUTHN_LEVEL_PKT_PRIVACY of MS-RPCE): what newer
 * Windows demands of its event log, whatever the SMB session below does.
 */
@SuppressWarnings("ArrayRecordComponent") // keys and tokens, used once and never compared
final class NtlmSealing implements Protection {
  private static final byte[] SIGNATURE = "NTLMSSP\0".getBytes(StandardCharsets.US_ASCII);
  private static final int VERIFIER = 16;
  private static final int CHALLENGE = 2;
  private static final int AUTHENTICATE_HEADER = 64;
  private static final int AV_EOL = 0;
  private static final int AV_TIMESTAMP = 7;
  private static final long UNIX_TO_FILETIME_MS = 11_644_473_600_000L;
  private static final long TICKS_PER_MS = 10_000;

  /**
   * UNICODE, REQUEST_TARGET, SIGN, SEAL, NTLM, ALWAYS_SIGN, EXTENDED_SESSIONSECURITY, 128,
   * KEY_EXCH, 56 (MS-NLMP 2.2.2.5).
   */
  private static final int FLAGS = 0xe0088235;

  private final NtlmIdentity credentials;
  private final SecureRandom random = new SecureRandom();
  private @Nullable Direction out;
  private @Nullable Direction in;

  /** The keys and the state of one direction. */
  private record Direction(byte[] signingKey, Cipher sealing, int[] sequence) {
    static Direction of(byte[] key, String name) throws GeneralSecurityException {
      return new Direction(
          md5(key, magic("session key to " + name + " signing key magic constant")),
          rc4(md5(key, magic("session key to " + name + " sealing key magic constant"))),
          new int[1]);
    }

    private static byte[] magic(String text) {
      return (text + "\0").getBytes(StandardCharsets.US_ASCII);
    }
  }

  NtlmSealing(NtlmIdentity credentials) {
    this.credentials = credentials;
  }

  @Override
  public int verifier() {
    return VERIFIER;
  }

  @Override
  public byte[] hello() {
    return little(32).put(SIGNATURE).putInt(1).putInt(FLAGS).putLong(0).putLong(0).array();
  }

  @Override
  public byte[] answer(byte[] token) throws IOException {
    try {
      return authenticate(Challenge.of(token));
    } catch (GeneralSecurityException e) {
      throw new IOException("This Java cannot seal messages for NTLM: " + e.getMessage(), e);
    }
  }

  private record Challenge(int flags, byte[] nonce, byte[] target) {
    static Challenge of(byte[] token) throws Malformed {
      ByteBuffer bytes = ByteBuffer.wrap(token).order(ByteOrder.LITTLE_ENDIAN);
      if (token.length < 48 || bytes.getInt(8) != CHALLENGE) {
        throw new Malformed("The host sent no NTLM challenge");
      }
      int length = Short.toUnsignedInt(bytes.getShort(40));
      int from = bytes.getInt(44);
      if (from < 0 || from > token.length - length) {
        throw new Malformed("The host sent an NTLM challenge that ends too early");
      }
      return new Challenge(
          bytes.getInt(20),
          Arrays.copyOfRange(token, 24, 32),
          Arrays.copyOfRange(token, from, from + length));
    }

    /** A FILETIME: that of the host, if it says so (MS-NLMP 3.1.5.1.2). */
    long time() throws Malformed {
      ByteBuffer pairs = ByteBuffer.wrap(target).order(ByteOrder.LITTLE_ENDIAN);
      while (pairs.remaining() >= 4) {
        int id = Short.toUnsignedInt(pairs.getShort());
        int length = Short.toUnsignedInt(pairs.getShort());
        if (length > pairs.remaining()) {
          throw new Malformed("The host sent an NTLM challenge that ends too early");
        }
        if (id == AV_TIMESTAMP && length == Long.BYTES) {
          return pairs.getLong();
        }
        if (id == AV_EOL) {
          break;
        }
        pairs.position(pairs.position() + length);
      }
      return (System.currentTimeMillis() + UNIX_TO_FILETIME_MS) * TICKS_PER_MS;
    }
  }

  private byte[] authenticate(Challenge challenge) throws GeneralSecurityException, Malformed {
    byte[] ours = new byte[8];
    random.nextBytes(ours);
    byte[] owner = utf16(credentials.user().toUpperCase(Locale.ROOT) + credentials.domain());
    byte[] base = hmac(credentials.ntHash(), owner);
    byte[] target = challenge.target();
    byte[] blob =
        little(28 + target.length + 4)
            .putShort((short) 0x0101)
            .putShort((short) 0)
            .putInt(0)
            .putLong(challenge.time())
            .put(ours)
            .putInt(0)
            .put(target)
            .array();
    byte[] proof = hmac(base, challenge.nonce(), blob);
    byte[] key = new byte[16];
    random.nextBytes(key);
    byte[] exchanged = rc4(hmac(base, proof)).doFinal(key);
    out = Direction.of(key, "client-to-server");
    in = Direction.of(key, "server-to-client");
    return message(challenge.flags(), joined(proof, blob), exchanged);
  }

  /** AUTHENTICATE_MESSAGE (MS-NLMP 2.2.1.3), with an LM response of zeros. */
  private byte[] message(int flags, byte[] response, byte[] key) {
    byte[][] fields = {
      new byte[24], response, utf16(credentials.domain()), utf16(credentials.user()), {}, key
    };
    int length = AUTHENTICATE_HEADER + Arrays.stream(fields).mapToInt(f -> f.length).sum();
    ByteBuffer message = little(length).put(SIGNATURE).putInt(3);
    int at = AUTHENTICATE_HEADER;
    for (byte[] field : fields) {
      message.putShort((short) field.length).putShort((short) field.length).putInt(at);
      at += field.length;
    }
    message.putInt((flags & FLAGS) | 1);
    for (byte[] field : fields) {
      message.put(field);
    }
    return Pdu.bytes(message);
  }

  @Override
  public void seal(byte[] pdu, int from, int length) throws IOException {
    Direction direction = bound(out);
    try {
      byte[] mac = mac(direction, pdu);
      crypt(direction, pdu, from, length);
      verifier(direction, mac).get(pdu, pdu.length - VERIFIER, VERIFIER);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void open(byte[] pdu, int from, int length) throws IOException {
    Direction direction = bound(in);
    try {
      crypt(direction, pdu, from, length);
      byte[] want = verifier(direction, mac(direction, pdu)).array();
      byte[] sent = Arrays.copyOfRange(pdu, pdu.length - VERIFIER, pdu.length);
      if (!MessageDigest.isEqual(want, sent)) {
        throw new Malformed("A sealed answer was changed on its way");
      }
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static Direction bound(@Nullable Direction direction) {
    if (direction == null) {
      throw new IllegalStateException("not bound");
    }
    return direction;
  }

  /** Over the whole message but its verifier (MS-RPCE 2.2.2.11.2, MS-NLMP 3.4.4.2). */
  private static byte[] mac(Direction direction, byte[] pdu) throws GeneralSecurityException {
    byte[] number = little(4).putInt(direction.sequence()[0]).array();
    return hmac(direction.signingKey(), number, Arrays.copyOf(pdu, pdu.length - VERIFIER));
  }

  private static ByteBuffer verifier(Direction direction, byte[] mac)
      throws GeneralSecurityException {
    byte[] checksum = Arrays.copyOf(mac, 8);
    crypt(direction, checksum, 0, checksum.length);
    return little(VERIFIER).putInt(1).put(checksum).putInt(direction.sequence()[0]++).flip();
  }

  private static void crypt(Direction direction, byte[] bytes, int from, int length)
      throws GeneralSecurityException {
    direction.sealing().update(bytes, from, length, bytes, from);
  }

  private static Cipher rc4(byte[] key) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("ARCFOUR");
    cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ARCFOUR"));
    return cipher;
  }

  private static byte[] md5(byte[]... parts) throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("MD5");
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  private static byte[] hmac(byte[] key, byte[]... parts) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacMD5");
    mac.init(new SecretKeySpec(key, "HmacMD5"));
    for (byte[] part : parts) {
      mac.update(part);
    }
    return mac.doFinal();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static byte[] utf16(String text) {
    return text.getBytes(StandardCharsets.UTF_16LE);
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
