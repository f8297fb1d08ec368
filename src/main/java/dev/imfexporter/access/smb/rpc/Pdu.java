package dev.imfexporter.access.smb.rpc;

import dev.imfexporter.access.smb.rpc.RpcException.Malformed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One protocol data unit of the connection-oriented protocol (C706 12.6, MS-RPCE 2.2.2): a header
 * of 16 bytes, a body, and for a protected one a verifier behind it.
 *
 * @param bytes all of it
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record Pdu(byte[] bytes) {
  static final int HEADER = 16;

  /** Where the stub of a request or a response begins. */
  static final int STUB = 24;

  /** The sec_trailer before a verifier (MS-RPCE 2.2.2.11). */
  static final int TRAILER = 8;

  static final int REQUEST = 0;
  static final int RESPONSE = 2;
  static final int FAULT = 3;
  static final int BIND = 11;
  static final int BIND_ACK = 12;
  static final int BIND_NAK = 13;
  static final int ALTER_CONTEXT = 14;
  static final int ALTER_CONTEXT_RESPONSE = 15;
  static final int AUTH_3 = 16;

  static final int FIRST = 1;
  static final int LAST = 2;

  private static final int VERSION = 5;

  /** Little-endian, ASCII, IEEE. */
  private static final int FORMAT = 0x10;

  /** A buffer with a header, whose position is behind it. */
  static ByteBuffer begin(int type, int flags, int length, int verifier, int callId) {
    return ByteBuffer.allocate(length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) VERSION)
        .put((byte) 0)
        .put((byte) type)
        .put((byte) flags)
        .putInt(FORMAT)
        .putShort((short) length)
        .putShort((short) verifier)
        .putInt(callId);
  }

  /** The bytes of a whole buffer. */
  static byte[] bytes(ByteBuffer pdu) {
    byte[] bytes = new byte[pdu.capacity()];
    pdu.rewind().get(bytes);
    return bytes;
  }

  /** The length in the header of a PDU, which must be complete. */
  static int length(byte[] header) throws Malformed {
    int length = unsigned(header, 8);
    if (header[0] != VERSION || header[4] != FORMAT || length < HEADER) {
      throw new Malformed("The host sent bytes that are no DCE/RPC");
    }
    return length;
  }

  int type() {
    return bytes[2];
  }

  boolean last() {
    return (bytes[3] & LAST) != 0;
  }

  int callId() {
    return view().getInt(12);
  }

  int verifierLength() {
    return unsigned(bytes, 10);
  }

  /** The contents of its verifier; no bytes without one. */
  byte[] verifier() throws Malformed {
    int length = verifierLength();
    if (length > bytes.length - HEADER) {
      throw new Malformed("The host sent a verifier that is longer than its message");
    }
    return Arrays.copyOfRange(bytes, bytes.length - length, bytes.length);
  }

  int u16(int at) throws Malformed {
    need(at + 2);
    return unsigned(bytes, at);
  }

  int u32(int at) throws Malformed {
    need(at + 4);
    return view().getInt(at);
  }

  void need(int length) throws Malformed {
    if (bytes.length < length) {
      throw new Malformed(
          "The host sent a message of " + bytes.length + " bytes, want at least " + length);
    }
  }

  private ByteBuffer view() {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int unsigned(byte[] bytes, int at) {
    return Byte.toUnsignedInt(bytes[at]) | Byte.toUnsignedInt(bytes[at + 1]) << Byte.SIZE;
  }
}
