package dev.imfexporter.access.smb;

import com.hierynomus.mserref.NtStatus;
import com.hierynomus.mssmb.SMB1NotSupportedException;
import com.hierynomus.mssmb2.SMB2Dialect;
import com.hierynomus.mssmb2.SMB2MessageCommandCode;
import com.hierynomus.mssmb2.SMB2MessageFlag;
import com.hierynomus.mssmb2.SMB2PacketData;
import com.hierynomus.mssmb2.SMB2PacketHeader;
import com.hierynomus.mssmb2.SMB3EncryptedPacketData;
import com.hierynomus.protocol.commons.buffer.Buffer.BufferException;
import com.hierynomus.protocol.transport.PacketFactory;
import com.hierynomus.protocol.transport.PacketHandlers;
import com.hierynomus.protocol.transport.PacketReceiver;
import com.hierynomus.protocol.transport.TransportException;
import com.hierynomus.security.Mac;
import com.hierynomus.security.SecurityException;
import com.hierynomus.smb.SMBPacket;
import com.hierynomus.smb.SMBPacketData;
import com.hierynomus.smbj.SmbConfig;
import com.hierynomus.smbj.session.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the connection and smbj, and lets an answer through only if the host signed or
 * encrypted it for the session (MS-SMB2 3.2.5.1.1 and 3.2.5.1.3). smbj itself accepts an unsigned
 * answer with an unknown session id, a signature that it cannot check with the session id 0, and
 * any number of challenges. An answer that is refused ends the connection and all its calls. So
 * does one that cannot be read.
 *
 * <p>For one connection. Thread-safe.
 */
final class AnswerGuard implements SmbTransport.Receiver {
  /** The message id of a notification, which nothing here asks for (MS-SMB2 3.2.5.1.2). */
  private static final long NOTIFICATION = -1;

  /** NTLM has one challenge. */
  private static final int CHALLENGES = 1;

  /** Of DialectRevision, behind the header (MS-SMB2 2.2.4). */
  private static final int DIALECT = SMB2PacketHeader.STRUCTURE_SIZE + 4;

  private final SmbConfig config;
  private final PacketFactory<SMBPacketData<?>> packets;
  private final PacketReceiver<SMBPacketData<?>> smbj;
  private final SmbTransport transport;
  private final Consumer<OpeningStage> stage;
  private int challenges;
  private volatile @Nullable SMB2PacketData granted;
  private volatile @Nullable Session session;

  AnswerGuard(
      PacketHandlers<SMBPacketData<?>, SMBPacket<?, ?>> handlers,
      SmbConfig config,
      LongSupplier nanoTime,
      Consumer<OpeningStage> stage) {
    this.config = config;
    this.stage = stage;
    packets = handlers.getPacketFactory();
    smbj = handlers.getReceiver();
    try {
      transport =
          new SmbTransport(
              handlers.getSerializer(),
              this,
              Duration.ofMillis(config.getTransactTimeout()),
              nanoTime);
    } catch (IOException noDescriptor) {
      throw new UncheckedIOException(noDescriptor);
    }
  }

  SmbTransport transport() {
    return transport;
  }

  /**
   * Lets through only what is signed or encrypted for this session, from now on.
   *
   * @throws Tampered if the answer that granted it should have been signed, and was not
   */
  void protect(Session session) throws Tampered {
    SMB2PacketData grant = granted;
    if (grant == null) {
      throw new Tampered("no answer granted the session");
    }
    // Only from 3.1.1 on, this answer has to be signed (3.2.5.3.1).
    if (session.getConnection().getNegotiatedProtocol().getDialect() == SMB2Dialect.SMB_3_1_1) {
      verify(grant, session);
    }
    this.session = session;
  }

  @Override
  public void connected() {
    stage.accept(OpeningStage.DIALECT);
  }

  @Override
  public void received(byte[] message) throws IOException {
    SMBPacketData<?> answer = read(message);
    if (!accepts(answer)) {
      return;
    }
    try {
      smbj.handle(answer);
    } catch (IOException | RuntimeException e) {
      if (e.getCause() instanceof SecurityException) {
        throw new Tampered("it cannot be decrypted");
      }
      throw BrokenProtocol.unreadable(e);
    }
  }

  @Override
  public void ended(Throwable why) {
    smbj.handleError(why);
  }

  private SMBPacketData<?> read(byte[] message) throws IOException {
    try {
      return packets.read(message);
    } catch (BufferException | IOException | RuntimeException e) {
      if (session != null) {
        throw new Tampered("it is neither signed nor encrypted");
      }
      throw e instanceof SMB1NotSupportedException
          ? new BrokenProtocol(
              "it answered in SMB 1. Does it speak that alone, as Windows Server 2003 does? Then say"
                  + " smb1: true",
              e)
          : BrokenProtocol.unreadable(e);
    }
  }

  private boolean accepts(SMBPacketData<?> answer) throws TransportException {
    Session now = session;
    if (now == null) {
      return opens(answer);
    }
    if (answer instanceof SMB3EncryptedPacketData encrypted) {
      if (encrypted.getHeader().getSessionId() != now.getSessionId()) {
        throw new Tampered("it is encrypted for another session");
      }
      return true;
    }
    if (!(answer instanceof SMB2PacketData plain)) {
      throw new Tampered("it is neither signed nor encrypted");
    }
    if (plain.getHeader().getMessageId() == NOTIFICATION) {
      return false;
    }
    if (endsSession(plain)) {
      throw new TransportException("The host has ended the session");
    }
    if (now.shouldEncryptData()) {
      throw new Tampered("it is not encrypted, and the session is");
    }
    // It has no data, is seldom signed, and grants the credits of the answer that follows it.
    if (!plain.isIntermediateAsyncResponse()) {
      verify(plain, now);
    }
    return true;
  }

  /** A host that has forgotten the session has no key to sign this with. */
  private static boolean endsSession(SMB2PacketData answer) {
    long status = answer.getHeader().getStatusCode();
    return status == NtStatus.STATUS_USER_SESSION_DELETED.getValue()
        || status == NtStatus.STATUS_NETWORK_SESSION_EXPIRED.getValue();
  }

  private boolean opens(SMBPacketData<?> answer) throws TransportException {
    if (!(answer instanceof SMB2PacketData plain)) {
      throw new BrokenProtocol("it sent something else than SMB 2 before the log-in");
    }
    SMB2PacketHeader header = plain.getHeader();
    if (header.getMessage() == SMB2MessageCommandCode.SMB2_SESSION_SETUP
        && !plain.isIntermediateAsyncResponse()) {
      if (header.getStatusCode() == NtStatus.STATUS_MORE_PROCESSING_REQUIRED.getValue()
          && ++challenges > CHALLENGES) {
        throw new BrokenProtocol(
            "it answered the log-in with a second challenge, and NTLM has one");
      }
      granted = plain;
    } else if (header.getMessage() == SMB2MessageCommandCode.SMB2_NEGOTIATE) {
      requireDialect(plain);
    } else if (!plain.isIntermediateAsyncResponse()) {
      throw new Tampered("it came before the log-in was over");
    }
    return true;
  }

  private void requireDialect(SMB2PacketData negotiated) throws BrokenProtocol {
    long status = negotiated.getHeader().getStatusCode();
    if (status == NtStatus.STATUS_NOT_SUPPORTED.getValue()) {
      throw new BrokenProtocol("it speaks none of the dialects from SMB 2.0.2 to 3.1.1");
    }
    byte[] bytes = negotiated.getDataBuffer().array();
    if (status != NtStatus.STATUS_SUCCESS.getValue() || bytes.length < DIALECT + Short.BYTES) {
      return;
    }
    int dialect =
        Byte.toUnsignedInt(bytes[DIALECT]) | Byte.toUnsignedInt(bytes[DIALECT + 1]) << Byte.SIZE;
    if (config.getSupportedDialects().stream().noneMatch(one -> one.getValue() == dialect)) {
      throw new BrokenProtocol(
          "it chose the SMB dialect 0x%04x, which was not offered".formatted(dialect));
    }
  }

  private void verify(SMB2PacketData answer, Session of) throws Tampered {
    SMB2PacketHeader header = answer.getHeader();
    if (header.getSessionId() != of.getSessionId()) {
      throw new Tampered("it belongs to another session");
    }
    if (!header.isFlagSet(SMB2MessageFlag.SMB2_FLAGS_SIGNED)) {
      throw new Tampered("it is not signed");
    }
    // Nothing here sends several requests in one message.
    if (header.getNextCommandOffset() != 0) {
      throw new Tampered("it has another answer behind it");
    }
    SecretKey key = of.getSigningKey(header, false);
    if (key == null || !MessageDigest.isEqual(signature(answer, key), header.getSignature())) {
      throw new Tampered("its signature is wrong");
    }
  }

  /** MS-SMB2 3.1.4.1: of all bytes, with zeros in place of the signature. */
  private byte[] signature(SMB2PacketData answer, SecretKey key) {
    byte[] bytes = answer.getDataBuffer().array();
    int begin = answer.getHeader().getHeaderStartPosition();
    int behind = begin + SMB2PacketHeader.STRUCTURE_SIZE;
    try {
      Mac mac = config.getSecurityProvider().getMac(key.getAlgorithm());
      mac.init(key.getEncoded());
      mac.update(bytes, begin, SMB2PacketHeader.SIGNATURE_OFFSET);
      mac.update(SMB2PacketHeader.EMPTY_SIGNATURE);
      mac.update(bytes, behind, answer.getHeader().getMessageEndPosition() - behind);
      return Arrays.copyOf(mac.doFinal(), SMB2PacketHeader.SIGNATURE_SIZE);
    } catch (SecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
