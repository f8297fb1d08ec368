package dev.imfexporter.bed;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What passes between smbd and the server of a pipe: DCE/RPC messages (C706), each behind its
 * length in two bytes, after a greeting.
 */
final class PipeWire {
  static final int REQUEST = 0;
  static final int BIND = 11;
  static final int LAST = 2;

  /** The first byte of the parameters of a request, and of the results of a response. */
  static final int STUB = 24;

  /** The longest message that smbd passes on. */
  static final int FRAGMENT = 4280;

  private PipeWire() {}

  /** smbd says who is there (named_pipe_auth_req), and wants to know what kind of pipe this is. */
  static void welcome(DataInputStream in, OutputStream out) throws IOException {
    in.readNBytes(in.readInt());
    ByteBuffer reply =
        ByteBuffer.allocate(36).putInt(32).put("NPAM".getBytes(StandardCharsets.US_ASCII));
    reply
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(7)
        .putInt(7)
        .putShort((short) 2)
        .putShort((short) 0x5ff);
    reply.putInt(0).putLong(4096).putInt(0);
    out.write(reply.array());
    out.flush();
  }

  static ByteBuffer receive(InputStream in) throws IOException {
    byte[] length = in.readNBytes(2);
    if (length.length < 2) {
      throw new EOFException();
    }
    byte[] pdu = in.readNBytes(Byte.toUnsignedInt(length[0]) | Byte.toUnsignedInt(length[1]) << 8);
    return ByteBuffer.wrap(pdu).order(ByteOrder.LITTLE_ENDIAN);
  }

  static void send(OutputStream out, byte[] pdu) throws IOException {
    out.write(pdu.length);
    out.write(pdu.length >>> 8);
    out.write(pdu);
    out.flush();
  }

  private static ByteBuffer header(int type, int flags, int length, int call) {
    return ByteBuffer.allocate(length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {5, 0, (byte) type, (byte) flags, 0x10, 0, 0, 0})
        .putShort((short) length)
        .putShort((short) 0)
        .putInt(call);
  }

  static byte[] bindAck(ByteBuffer bind, String pipe) {
    byte[] address = ("\\PIPE\\" + pipe + "\0").getBytes(StandardCharsets.US_ASCII);
    int results = (26 + address.length + 3) & ~3;
    ByteBuffer ack = header(12, 3, results + 28, bind.getInt(12));
    ack.putShort((short) FRAGMENT).putShort((short) FRAGMENT).putInt(0x53f0);
    ack.putShort((short) address.length).put(address).position(results);
    ack.putInt(1).putInt(0).put(Arrays.copyOfRange(bytes(bind), 52, 72));
    return bytes(ack);
  }

  static void fragments(OutputStream out, byte[] stub, int call, int size) throws IOException {
    int from = 0;
    do {
      int length = Math.min(size, stub.length - from);
      int flags = (from == 0 ? 1 : 0) | (from + length == stub.length ? 2 : 0);
      send(out, response(stub, from, length, call, flags));
      from += length;
    } while (from < stub.length);
  }

  static byte[] response(byte[] stub, int from, int length, int call, int flags) {
    ByteBuffer pdu = header(2, flags, 24 + length, call);
    return bytes(pdu.putInt(stub.length - from).putInt(0).put(stub, from, length));
  }

  /** All of a message. */
  static byte[] bytes(ByteBuffer all) {
    byte[] bytes = new byte[all.capacity()];
    all.rewind().get(bytes);
    return bytes;
  }

  /** NDR, little-endian. */
  static final class Out {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Out u32(int value) {
      while (out.size() % 4 != 0) {
        out.write(0);
      }
      out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
      return this;
    }

    Out raw(byte[] bytes) {
      out.writeBytes(bytes);
      return this;
    }

    Out handle(byte[] handle) {
      return raw(handle);
    }

    Out text(String text) {
      int length = text.length() + 1;
      return u32(length).u32(0).u32(length).raw((text + "\0").getBytes(StandardCharsets.UTF_16LE));
    }

    int size() {
      return out.size();
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }
}
