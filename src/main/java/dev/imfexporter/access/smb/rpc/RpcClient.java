package dev.imfexporter.access.smb.rpc;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.smb.rpc.RpcException.Fault;
import dev.imfexporter.access.smb.rpc.RpcException.Malformed;
import dev.imfexporter.access.smb.rpc.RpcException.Rejected;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * A bound interface on a pipe of its own. For one thread at a time. After an exception other than a
 * {@link Fault}, answers may no longer belong to their calls: close it.
 */
final class RpcClient implements AutoCloseable {
  /** The largest fragment that every Windows accepts and that smbd sends. */
  private static final int FRAGMENT = 4280;

  /** The fragment that every host must accept (C706 12.6.2). */
  private static final int MUST_RECEIVE = 1432;

  private static final int BIND_BODY = 56;
  private static final int PKT_PRIVACY = 6;
  private static final int SEALED_BLOCK = 16;

  /** NDR 2.0 (C706 appendix I). */
  private static final byte[] NDR =
      RpcInterface.syntax(UUID.fromString("8a885d04-1ceb-11c9-9fe8-08002b104860"), 2, 0);

  private final Pipe pipe;
  private final RpcInterface of;
  private final Protection protection;
  private final long timeout;
  private final LongSupplier nanoTime;
  private final ReplyBudget budget = ReplyBudget.OF_ALL_HOSTS;
  private byte[] ahead = {};
  private int callId;
  private int fragment = FRAGMENT;
  private long end;

  /** The first calls on a fresh binding, and the client that goes on with it. */
  @FunctionalInterface
  interface Setup<C> {
    C on(RpcClient rpc) throws IOException, AccessException;
  }

  /** A question about an object that is open on the host. */
  @FunctionalInterface
  interface Question<T> {
    T about(byte[] handle) throws IOException, AccessException;
  }

  private RpcClient(Pipe pipe, RpcInterface of, Protection protection, RpcTransport transport) {
    this.pipe = pipe;
    this.of = of;
    this.protection = protection;
    this.timeout = transport.timeout().toNanos();
    this.nanoTime = transport.nanoTime();
  }

  /** Binds to an interface on a pipe of its own, which is closed if that or the setup fails. */
  static <C> C open(RpcTransport transport, RpcInterface of, Protection protection, Setup<C> setup)
      throws IOException, AccessException {
    RpcClient client = new RpcClient(transport.pipes().open(of.pipe()), of, protection, transport);
    try {
      client.bind();
      return setup.on(client);
    } catch (IOException | AccessException | RuntimeException e) {
      client.close();
      throw e;
    }
  }

  private void bind() throws IOException {
    end = nanoTime.getAsLong() + timeout;
    int id = ++callId;
    Pdu ack = next(pipe.transact(context(Pdu.BIND, protection.bindToken(), id)), id);
    if (ack.type() == Pdu.BIND_NAK) {
      throw new Rejected(
          "The host does not let us bind to the " + of.title() + ": reason " + ack.u16(16));
    }
    if (ack.type() != Pdu.BIND_ACK) {
      throw new Malformed("The host answered a bind with a message of type " + ack.type());
    }
    accepted(ack);
    byte[] answer = protection.answer(ack.verifier());
    if (protection.altersContext()) {
      alter(answer, id);
    } else if (answer.length > 0) {
      ByteBuffer auth =
          Pdu.begin(
              Pdu.AUTH_3,
              Pdu.FIRST | Pdu.LAST,
              Pdu.HEADER + 4 + Pdu.TRAILER + answer.length,
              answer.length,
              id);
      auth.putInt(0);
      verifier(auth, answer, 0);
      pipe.write(Pdu.bytes(auth));
    }
  }

  private void alter(byte[] token, int id) throws IOException {
    Pdu ack = next(pipe.transact(context(Pdu.ALTER_CONTEXT, token, id)), id);
    if (ack.type() == Pdu.FAULT) {
      throw new Fault(ack.u32(Pdu.STUB));
    }
    if (ack.type() != Pdu.ALTER_CONTEXT_RESPONSE) {
      throw new Malformed("The host answered alter_context with a message of type " + ack.type());
    }
    accepted(ack);
    protection.finish(ack.verifier());
  }

  /** A bind or an alter_context, which have the same body. */
  private byte[] context(int type, byte[] token, int id) {
    int trailer = token.length == 0 ? 0 : Pdu.TRAILER;
    ByteBuffer pdu =
        Pdu.begin(
            type,
            Pdu.FIRST | Pdu.LAST,
            Pdu.HEADER + BIND_BODY + trailer + token.length,
            token.length,
            id);
    pdu.putShort((short) FRAGMENT).putShort((short) FRAGMENT).putInt(0);
    pdu.putInt(1); // presentation contexts
    pdu.putShort((short) 0).putShort((short) 1); // its id, transfer syntaxes
    pdu.put(of.syntax()).put(NDR);
    verifier(pdu, token, 0);
    return Pdu.bytes(pdu);
  }

  private void accepted(Pdu ack) throws IOException {
    fragment = Math.max(MUST_RECEIVE, Math.min(FRAGMENT, ack.u16(18)));
    int results = (26 + ack.u16(24) + 3) & ~3;
    int result = ack.u16(results + 4);
    if (result != 0) {
      throw new Rejected(
          "The host does not offer the "
              + of.title()
              + " on \\PIPE\\"
              + of.pipe()
              + ": result "
              + result
              + ", reason "
              + ack.u16(results + 6));
    }
  }

  private void verifier(ByteBuffer pdu, byte[] token, int padding) {
    if (token.length > 0) {
      pdu.put((byte) protection.service()).put((byte) PKT_PRIVACY);
      pdu.put((byte) padding).put((byte) 0).putInt(0);
      pdu.put(token);
    }
  }

  /** Calls an operation with parameters, and waits for its results. */
  NdrReader call(int operation, NdrWriter parameters) throws IOException {
    end = nanoTime.getAsLong() + timeout;
    int id = ++callId;
    Pdu response = next(send(operation, parameters.toBytes(), id), id);
    try (ReplyBudget.Share share = budget.share()) {
      ByteArrayOutputStream stub = new ByteArrayOutputStream();
      while (true) {
        stub.writeBytes(stub(response));
        share.grow(stub.size());
        if (response.last()) {
          return new NdrReader(stub.toByteArray());
        }
        response = next(new byte[0], id);
      }
    }
  }

  /**
   * Asks, and closes the handle, also after an answer that is an error.
   *
   * @param close the operation that closes handles of this interface
   */
  <T> T ask(byte[] handle, int close, Question<T> question) throws IOException, AccessException {
    T answer;
    try {
      answer = question.about(handle);
    } catch (AccessException e) {
      call(close, new NdrWriter().handle(handle));
      throw e;
    }
    call(close, new NdrWriter().handle(handle));
    return answer;
  }

  /** Sends a request in as many fragments as it takes. Returns the first piece of the answer. */
  private byte[] send(int operation, byte[] stub, int id) throws IOException {
    int verifier = protection.verifierLength();
    int most = fragment - Pdu.STUB - (verifier == 0 ? 0 : Pdu.TRAILER + verifier);
    most -= verifier == 0 ? 0 : most % SEALED_BLOCK;
    int sent = 0;
    while (true) {
      int length = Math.min(most, stub.length - sent);
      int flags = (sent == 0 ? Pdu.FIRST : 0) | (sent + length == stub.length ? Pdu.LAST : 0);
      byte[] request = request(operation, stub, sent, length, flags, id);
      sent += length;
      if (sent == stub.length) {
        return pipe.transact(request);
      }
      pipe.write(request);
    }
  }

  private byte[] request(int operation, byte[] stub, int from, int length, int flags, int id)
      throws IOException {
    int verifier = protection.verifierLength();
    int padding = verifier == 0 ? 0 : (SEALED_BLOCK - length % SEALED_BLOCK) % SEALED_BLOCK;
    int behind = verifier == 0 ? 0 : padding + Pdu.TRAILER + verifier;
    ByteBuffer request = Pdu.begin(Pdu.REQUEST, flags, Pdu.STUB + length + behind, verifier, id);
    request.putInt(stub.length - from).putShort((short) 0).putShort((short) operation);
    request.put(stub, from, length);
    request.position(request.position() + padding);
    verifier(request, new byte[verifier], padding);
    byte[] pdu = Pdu.bytes(request);
    protection.seal(pdu, Pdu.STUB, length + padding);
    return pdu;
  }

  private byte[] stub(Pdu response) throws IOException {
    if (response.type() == Pdu.FAULT) {
      throw new Fault(response.u32(Pdu.STUB));
    }
    if (response.type() != Pdu.RESPONSE) {
      throw new Malformed("The host answered a call with a message of type " + response.type());
    }
    response.need(Pdu.STUB);
    byte[] bytes = response.bytes();
    int verifier = response.verifierLength();
    if (!protection.fits(verifier)) {
      throw new Malformed("The host answered a call without the protection that was agreed");
    }
    if (verifier == 0) {
      return Arrays.copyOfRange(bytes, Pdu.STUB, bytes.length);
    }
    int length = bytes.length - Pdu.STUB - Pdu.TRAILER - verifier;
    response.need(Pdu.STUB + Pdu.TRAILER + verifier);
    protection.unseal(bytes, Pdu.STUB, length);
    int padding = Byte.toUnsignedInt(bytes[Pdu.STUB + length + 2]);
    if (padding > length) {
      throw new Malformed("The host sent more padding than bytes");
    }
    return Arrays.copyOfRange(bytes, Pdu.STUB, Pdu.STUB + length - padding);
  }

  /**
   * The next message.
   *
   * @param begun the part of it that has been read
   */
  private Pdu next(byte[] begun, int id) throws IOException {
    byte[] bytes = joined(ahead, begun);
    ahead = new byte[0];
    while (bytes.length < Pdu.HEADER || bytes.length < Pdu.length(bytes)) {
      if (nanoTime.getAsLong() - end > 0) {
        throw new InterruptedIOException(
            "The host did not answer the " + of.title() + " call in time");
      }
      byte[] more = pipe.read();
      if (more.length == 0) {
        throw new EOFException("The host closed \\PIPE\\" + of.pipe());
      }
      bytes = joined(bytes, more);
    }
    int length = Pdu.length(bytes);
    ahead = Arrays.copyOfRange(bytes, length, bytes.length);
    Pdu pdu = new Pdu(Arrays.copyOf(bytes, length));
    if (pdu.callId() != id) {
      throw new Malformed("The host answered call " + pdu.callId() + ", want " + id);
    }
    return pdu;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    if (first.length == 0) {
      return second;
    }
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  @Override
  public void close() {
    pipe.close();
  }
}
