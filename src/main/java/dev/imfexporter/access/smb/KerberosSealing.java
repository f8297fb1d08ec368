package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException.Unsupported;
import dev.imfexporter.access.smb.rpc.Protection;
import dev.imfexporter.access.smb.rpc.RpcException.Malformed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.kerberos.KerberosPrincipal;
import javax.security.auth.kerberos.KerberosTicket;
import org.jspecify.annotations.Nullable;

/**
 * Kerberos inside SPNEGO with sealed messages, as DCE/RPC has it (MS-KILE 3.4.5.1, "DCE style"):
 * three legs, and {@linkplain KerberosTokens tokens} whose data stays in its place. The JDK's own
 * GSS-API cannot do that, so this has its own exchange (RFC 4120, 5.5) with the ticket of the
 * session.
 */
final class KerberosSealing implements Protection {
  /** RPC_C_AUTHN_GSS_NEGOTIATE (MS-RPCE 2.2.1.1.7), which MS-EVEN 2.1.1 wants. */
  private static final int SPNEGO = 9;

  private static final byte[] SPNEGO_OID = HexFormat.of().parseHex("06062b0601050502");
  private static final byte[] KERBEROS_OID = HexFormat.of().parseHex("06092a864886f712010202");
  private static final byte[] MECHANISMS = Der.sequence(KERBEROS_OID);

  /** Session keys of AES (RFC 3962, 7). */
  private static final Set<Integer> AES = Set.of(17, 18);

  private static final int VERSION = 5;
  private static final int AP_REQ = 14;
  private static final int AP_REP = 15;
  private static final int AUTHENTICATOR = 2;
  private static final int ENC_AP_REP_PART = 27;
  private static final int KRB_ERROR = 30;

  /** mutual-required, in a BIT STRING without unused bits. */
  private static final byte[] MUTUAL = {0, 0x20, 0, 0, 0};

  /** The checksum of RFC 4121, 4.1.1, and its flags: MUTUAL, REPLAY, SEQUENCE, CONF, INTEG, DCE. */
  private static final int GSS_CHECKSUM = 0x8003;

  private static final int FLAGS = 0x103e;

  /** Numbers of key uses (RFC 4120, 7.5.1). */
  private static final int OF_AUTHENTICATOR = 11;

  private static final int OF_REPLY = 12;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private final KerberosTicket ticket;
  private final InstantSource clock;
  private final KerberosKey sessionKey;
  private final KerberosKey ourSubkey;
  private final long firstNumber;
  private Moment asked;
  private @Nullable KerberosTokens tokens;

  /** A time in the two parts that Kerberos has. */
  private record Moment(String seconds, long micros) {
    static Moment now(InstantSource clock) {
      var now = clock.instant();
      return new Moment(TIME.format(now), now.get(ChronoField.MICRO_OF_SECOND));
    }
  }

  /**
   * @throws Unsupported for a ticket whose key is of another type
   */
  KerberosSealing(KerberosTicket ticket, InstantSource clock) throws Unsupported {
    if (!AES.contains(ticket.getSessionKeyType())) {
      throw new Unsupported(
          "Calls are sealed with AES of the types 17 and 18, and the ticket's key is of type "
              + ticket.getSessionKeyType());
    }
    this.ticket = ticket;
    this.clock = clock;
    sessionKey = new KerberosKey(ticket.getSessionKey().getEncoded());
    ourSubkey = sessionKey.fresh();
    asked = Moment.now(clock);
    firstNumber = ByteBuffer.wrap(KerberosKey.random(Integer.BYTES)).getInt() & 0x3fffffff;
  }

  @Override
  public int service() {
    return SPNEGO;
  }

  @Override
  public boolean altersContext() {
    return true;
  }

  @Override
  public int verifierLength() {
    return KerberosTokens.LENGTH;
  }

  @Override
  public boolean fits(int verifier) {
    return KerberosTokens.fits(verifier);
  }

  @Override
  public byte[] bindToken() {
    asked = Moment.now(clock);
    byte[] request =
        Der.application(
            AP_REQ,
            Der.sequence(
                Der.tagged(0, Der.integer(VERSION)),
                Der.tagged(1, Der.integer(AP_REQ)),
                Der.tagged(2, Der.element(Der.BIT_STRING, MUTUAL)),
                Der.tagged(3, ticket.getEncoded()),
                Der.tagged(4, encrypted(OF_AUTHENTICATOR, authenticator()))));
    return Der.application(
        0,
        SPNEGO_OID,
        Der.tagged(0, Der.sequence(Der.tagged(0, MECHANISMS), Der.tagged(2, Der.octets(request)))));
  }

  private byte[] authenticator() {
    byte[] checksum = new byte[24];
    checksum[0] = 16; // of the channel bindings, which are all zeros
    checksum[20] = (byte) FLAGS;
    checksum[21] = (byte) (FLAGS >> Byte.SIZE);
    KerberosPrincipal client = ticket.getClient();
    return Der.application(
        AUTHENTICATOR,
        Der.sequence(
            Der.tagged(0, Der.integer(VERSION)),
            Der.tagged(1, Der.string(client.getRealm())),
            Der.tagged(2, name(client)),
            Der.tagged(
                3,
                Der.sequence(
                    Der.tagged(0, Der.integer(GSS_CHECKSUM)), Der.tagged(1, Der.octets(checksum)))),
            Der.tagged(4, Der.integer(asked.micros())),
            Der.tagged(5, Der.time(asked.seconds())),
            Der.tagged(
                6,
                Der.sequence(
                    Der.tagged(0, Der.integer(ticket.getSessionKeyType())),
                    Der.tagged(1, Der.octets(ourSubkey.bytes())))),
            Der.tagged(7, Der.integer(firstNumber))));
  }

  private static byte[] name(KerberosPrincipal client) {
    String name = client.getName().substring(0, client.getName().lastIndexOf('@'));
    byte[][] parts = Arrays.stream(name.split("/", -1)).map(Der::string).toArray(byte[][]::new);
    return Der.sequence(
        Der.tagged(0, Der.integer(client.getNameType())), Der.tagged(1, Der.sequence(parts)));
  }

  private byte[] encrypted(int usage, byte[] plain) {
    return Der.sequence(
        Der.tagged(0, Der.integer(ticket.getSessionKeyType())),
        Der.tagged(2, Der.octets(sessionKey.encrypt(usage, plain))));
  }

  @Override
  public byte[] answer(byte[] token) throws IOException {
    byte[] answered = Der.contents(token, Der.tag(1), Der.SEQUENCE);
    KerberosTokens agreed = read(Der.contents(Der.need(answered, 2), Der.OCTETS));
    tokens = agreed;
    Moment now = Moment.now(clock);
    byte[] part =
        Der.application(
            ENC_AP_REP_PART,
            Der.sequence(
                Der.tagged(0, Der.time(now.seconds())),
                Der.tagged(1, Der.integer(now.micros())),
                Der.tagged(3, Der.integer(agreed.hostNumber()))));
    byte[] reply =
        Der.application(
            AP_REP,
            Der.sequence(
                Der.tagged(0, Der.integer(VERSION)),
                Der.tagged(1, Der.integer(AP_REP)),
                Der.tagged(2, encrypted(OF_REPLY, part))));
    return Der.tagged(
        1,
        Der.sequence(
            Der.tagged(2, Der.octets(reply)), Der.tagged(3, Der.octets(agreed.sign(MECHANISMS)))));
  }

  /** The host proves by the time that it could read our ticket, and names the key to go on with. */
  private KerberosTokens read(byte[] reply) throws Malformed {
    if (reply.length > 0 && Byte.toUnsignedInt(reply[0]) == Der.applicationTag(KRB_ERROR)) {
      byte[] error = Der.contents(reply, Der.applicationTag(KRB_ERROR), Der.SEQUENCE);
      throw new Malformed(
          "The host refuses the ticket: error " + Der.number(Der.need(error, 6)) + " of Kerberos");
    }
    byte[] sealed =
        Der.contents(
            Der.need(Der.contents(reply, Der.applicationTag(AP_REP), Der.SEQUENCE), 2),
            Der.SEQUENCE);
    byte[] part =
        Der.contents(
            sessionKey.decrypt(OF_REPLY, Der.contents(Der.need(sealed, 2), Der.OCTETS)),
            Der.applicationTag(ENC_AP_REP_PART),
            Der.SEQUENCE);
    if (!Arrays.equals(Der.need(part, 0), Der.time(asked.seconds()))
        || Der.number(Der.need(part, 1)) != asked.micros()) {
      throw new Malformed("The host did not answer the ticket that it was sent");
    }
    Optional<byte[]> subkey = Der.find(part, 2);
    return new KerberosTokens(
        subkey.isPresent() ? key(subkey.get()) : ourSubkey,
        subkey.isPresent(),
        firstNumber,
        Der.number(Der.need(part, 3)) & 0xffffffffL);
  }

  private static KerberosKey key(byte[] subkey) throws Malformed {
    byte[] parts = Der.contents(subkey, Der.SEQUENCE);
    byte[] bytes = Der.contents(Der.need(parts, 1), Der.OCTETS);
    if (!AES.contains((int) Der.number(Der.need(parts, 0)))
        || (bytes.length != 16 && bytes.length != 32)) {
      throw new Malformed("The host wants to go on with a key that is none of AES");
    }
    return new KerberosKey(bytes);
  }

  /** The host's signature of the mechanisms: that is how it says that nothing was left out. */
  @Override
  public void finish(byte[] token) throws IOException {
    if (token.length == 0) {
      return;
    }
    byte[] answered = Der.contents(token, Der.tag(1), Der.SEQUENCE);
    Optional<byte[]> signature = Der.find(answered, 3);
    if (signature.isPresent()) {
      byte[] sent = Der.contents(signature.get(), Der.OCTETS);
      if (!bound().isSignature(sent, MECHANISMS)) {
        throw new Malformed("The host's signature of the mechanisms is wrong");
      }
    }
  }

  private KerberosTokens bound() {
    return Objects.requireNonNull(tokens, "not bound");
  }

  @Override
  public void seal(byte[] pdu, int from, int length) {
    bound().seal(pdu, from, length);
  }

  @Override
  public void unseal(byte[] pdu, int from, int length) throws IOException {
    bound().unseal(pdu, from, length);
  }
}
