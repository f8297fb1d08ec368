package dev.imfexporter.access.smb.rpc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;

/** A pipe whose other end grants every bind and answers every call with the next stub. */
final class ScriptedPipe implements Pipe {
  final List<byte[]> written = new ArrayList<>();
  final Deque<byte[]> stubs = new ArrayDeque<>();
  UnaryOperator<byte[]> spoil = pdu -> pdu;
  int fragment = 4096;
  boolean closed;
  private final Deque<byte[]> pieces = new ArrayDeque<>();

  @Override
  public byte[] transact(byte[] message) throws IOException {
    write(message);
    int call = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
    if (message[2] == Pdu.BIND) {
      pieces.add(bindAck(call));
    } else {
      answer(call, stubs.remove());
    }
    return read();
  }

  private void answer(int call, byte[] stub) {
    int from = 0;
    do {
      int length = Math.min(fragment, stub.length - from);
      int flags = (from == 0 ? 1 : 0) | (from + length == stub.length ? 2 : 0);
      ByteBuffer pdu = Pdu.begin(Pdu.RESPONSE, flags, Pdu.STUB + length, 0, call);
      pdu.putInt(stub.length - from).putInt(0).put(stub, from, length);
      pieces.add(Pdu.bytes(pdu));
      from += length;
    } while (from < stub.length);
  }

  private static byte[] bindAck(int call) {
    ByteBuffer ack = Pdu.begin(Pdu.BIND_ACK, 3, 60, 0, call);
    ack.putShort((short) 4280).putShort((short) 4280).putInt(1).putShort((short) 1).put((byte) 0);
    ack.position(28).putInt(1).putInt(0);
    return Pdu.bytes(ack);
  }

  @Override
  public void write(byte[] message) {
    written.add(message);
  }

  @Override
  public byte[] read() throws IOException {
    byte[] next = pieces.poll();
    return next == null ? new byte[0] : spoil.apply(next);
  }

  @Override
  public void close() {
    closed = true;
  }
}
