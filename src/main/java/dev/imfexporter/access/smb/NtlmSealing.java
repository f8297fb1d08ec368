package dev.imfexporter.access.smb;

import com.hierynomus.msdtyp.FileTime;
import com.hierynomus.ntlm.av.AvId;
import com.hierynomus.ntlm.av.AvPairTimestamp;
import com.hierynomus.ntlm.functions.NtlmFunctions;
import com.hierynomus.ntlm.functions.NtlmV2Functions;
import com.hierynomus.ntlm.messages.NtlmAuthenticate;
import com.hierynomus.ntlm.messages.NtlmChallenge;
import com.hierynomus.ntlm.messages.NtlmNegotiate;
import com.hierynomus.ntlm.messages.NtlmNegotiateFlag;
import com.hierynomus.ntlm.messages.NtlmPacket;
import com.hierynomus.ntlm.messages.TargetInfo;
import com.hierynomus.protocol.commons.buffer.Buffer.BufferException;
import com.hierynomus.protocol.commons.buffer.Buffer.PlainBuffer;
import com.hierynomus.protocol.commons.buffer.Endian;
import com.hierynomus.security.Cipher;
import com.hierynomus.security.SecurityException;
import com.hierynomus.security.SecurityProvider;
import com.hierynomus.security.bc.BCSecurityProvider;
import dev.imfexporter.access.smb.rpc.Protection;
import dev.imfexporter.access.smb.rpc.RpcException.Malformed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * NTLMv2 with sealed messages (MS-NLMP 3.4, RPC_C_AUTHN_LEVEL_PKT_PRIVACY of MS-RPCE), which newer
 * Windows demands for its event log even inside an encrypted SMB session. The messages and the
 * response are smbj's; its own sealing signs a SPNEGO token and seals nothing.
 */
final class NtlmSealing implements Protection {
  private static final SecurityProvider CRYPTO = new BCSecurityProvider();
  private static final int VERIFIER = 16;
  private static final int PROOF = 16;

  private static final Set<NtlmNegotiateFlag> FLAGS =
      EnumSet.of(
          NtlmNegotiateFlag.NTLMSSP_NEGOTIATE_UNICODE,
          NtlmNegotiateFlag.NTLMSSP_REQUEST_TARGET,
          NtlmNegotiateFlag.NTLMSSP_NEGOTIATE_SIGN,
          NtlmNegotiateFlag.NTLMSSP_NEGOTIATE_SEAL,
          NtlmNegotiateFlag.NTLMSSP_NEGOTIATE_NTLM,
          NtlmNegotiateFlag.NTLMSSP_NEGOTIATE_ALWAYS_SIGN,
          NtlmNegotiateFlag.NTLMSSP_NEGOTIATE_EXTENDED_SESSIONSECURITY,
          NtlmNegotiateFlag.NTLMSSP_NEGOTIATE_128,
          NtlmNegotiateFlag.NTLMSSP_NEGOTIATE_KEY_EXCH,
          NtlmNegotiateFlag.NTLMSSP_NEGOTIATE_56);

  private final NtlmIdentity identity;
  private final Random random;
  private final InstantSource clock;
  private @Nullable Direction out;
  private @Nullable Direction in;

  NtlmSealing(NtlmIdentity identity) {
    this(identity, new SecureRandom(), InstantSource.system());
  }

  NtlmSealing(NtlmIdentity identity, Random random, InstantSource clock) {
    this.identity = identity;
    this.random = random;
    this.clock = clock;
  }

  @Override
  public int verifierLength() {
    return VERIFIER;
  }

  @Override
  public byte[] bindToken() {
    return bytes(new NtlmNegotiate(FLAGS, "", "", null, true));
  }

  @Override
  public byte[] answer(byte[] token) throws IOException {
    NtlmChallenge challenge = challenge(token);
    byte[] nonce = random(8);
    NtlmV2Functions functions = new NtlmV2Functions(random, CRYPTO);
    byte[] response =
        functions.getNtV2Response(
            identity.responseKey(),
            challenge.getServerChallenge(),
            nonce,
            time(challenge.getTargetInfo()),
            challenge.getTargetInfo());
    byte[] exchangeKey =
        functions.getSessionBaseKey(identity.responseKey(), Arrays.copyOf(response, PROOF));
    byte[] sessionKey = random(16);
    out = new Direction(sessionKey, "client-to-server");
    in = new Direction(sessionKey, "server-to-client");
    Set<NtlmNegotiateFlag> agreed = EnumSet.copyOf(challenge.getNegotiateFlags());
    agreed.retainAll(FLAGS);
    agreed.add(NtlmNegotiateFlag.NTLMSSP_NEGOTIATE_UNICODE);
    return bytes(
        new NtlmAuthenticate(
            new byte[24], // no LM response
            response,
            identity.user(),
            identity.domain(),
            "",
            NtlmFunctions.rc4k(CRYPTO, exchangeKey, sessionKey),
            agreed,
            null));
  }

  private static NtlmChallenge challenge(byte[] token) throws Malformed {
    NtlmChallenge challenge = new NtlmChallenge();
    try {
      challenge.read(new PlainBuffer(token, Endian.LE));
    } catch (BufferException | RuntimeException e) {
      throw new Malformed("The host sent no NTLM challenge: " + e.getMessage());
    }
    return challenge;
  }

  /** A FILETIME: the host's if its challenge has one (MS-NLMP 3.1.5.1.2). */
  private long time(@Nullable TargetInfo target) {
    AvPairTimestamp ofHost = target == null ? null : target.getAvPair(AvId.MsvAvTimestamp);
    FileTime time = ofHost == null ? FileTime.fromInstant(clock.instant()) : ofHost.getValue();
    return time.getWindowsTimeStamp();
  }

  @Override
  public void seal(byte[] pdu, int from, int length) throws IOException {
    Direction direction = bound(out);
    byte[] mac = direction.mac(pdu);
    direction.crypt(pdu, from, length);
    direction.verifier(mac).get(pdu, pdu.length - VERIFIER, VERIFIER);
  }

  @Override
  public void unseal(byte[] pdu, int from, int length) throws IOException {
    Direction direction = bound(in);
    direction.crypt(pdu, from, length);
    byte[] want = direction.verifier(direction.mac(pdu)).array();
    byte[] sent = Arrays.copyOfRange(pdu, pdu.length - VERIFIER, pdu.length);
    if (!MessageDigest.isEqual(want, sent)) {
      throw new Malformed("A sealed answer was changed on its way");
    }
  }

  private static Direction bound(@Nullable Direction direction) {
    if (direction == null) {
      throw new IllegalStateException("not bound");
    }
    return direction;
  }

  /** The keys of one direction, the state of its cipher, and how many messages it has sealed. */
  private static final class Direction {
    private final byte[] signingKey;
    private final Cipher sealing;
    private int sequence;

    /** MS-NLMP 3.4.5.2 and 3.4.5.3, for 128 bits. */
    Direction(byte[] sessionKey, String name) throws IOException {
      signingKey = key(sessionKey, name, "signing");
      try {
        sealing = CRYPTO.getCipher("RC4");
        sealing.init(Cipher.CryptMode.ENCRYPT, key(sessionKey, name, "sealing"));
      } catch (SecurityException e) {
        throw new IOException(e);
      }
    }

    private static byte[] key(byte[] sessionKey, String name, String use) {
      String magic = "session key to " + name + " " + use + " key magic constant\0";
      return NtlmFunctions.md5(CRYPTO, sessionKey, magic.getBytes(StandardCharsets.US_ASCII));
    }

    /** Over the whole message but its verifier (MS-RPCE 2.2.2.11.2, MS-NLMP 3.4.4.2). */
    byte[] mac(byte[] pdu) {
      byte[] number = little(Integer.BYTES).putInt(sequence).array();
      byte[] signed = Arrays.copyOf(pdu, pdu.length - VERIFIER);
      return NtlmFunctions.hmac_md5(CRYPTO, signingKey, number, signed);
    }

    ByteBuffer verifier(byte[] mac) throws IOException {
      byte[] checksum = Arrays.copyOf(mac, 8);
      crypt(checksum, 0, checksum.length);
      return little(VERIFIER).putInt(1).put(checksum).putInt(sequence++).flip();
    }

    void crypt(byte[] bytes, int from, int length) throws IOException {
      try {
        sealing.update(bytes, from, length, bytes, from);
      } catch (SecurityException e) {
        throw new IOException(e);
      }
    }
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] bytes(NtlmPacket message) {
    PlainBuffer buffer = new PlainBuffer(Endian.LE);
    message.write(buffer);
    return buffer.getCompactData();
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
