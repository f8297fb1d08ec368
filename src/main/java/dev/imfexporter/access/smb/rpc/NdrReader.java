package dev.imfexporter.access.smb.rpc;

import dev.imfexporter.access.smb.rpc.RpcException.Malformed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads results in NDR 2.0, little-endian (C706 chapter 14). Every length and count is checked
 * against the bytes that were received.
 */
final class NdrReader {
  static final int HANDLE = 20;
  private static final int WORD = 4;

  private final ByteBuffer bytes;

  NdrReader(byte[] stub) {
    bytes = ByteBuffer.wrap(stub).order(ByteOrder.LITTLE_ENDIAN);
  }

  int u16() throws Malformed {
    align(2);
    need(2);
    return Short.toUnsignedInt(bytes.getShort());
  }

  int u32() throws Malformed {
    align(WORD);
    need(WORD);
    return bytes.getInt();
  }

  /** A length or a count, which must not exceed the bytes that are left. */
  int count(int bytesEach) throws Malformed {
    int count = u32();
    if (count < 0 || (long) count * bytesEach > bytes.remaining()) {
      throw new Malformed(
          "The host announced "
              + Integer.toUnsignedString(count)
              + " elements and sent "
              + bytes.remaining()
              + " bytes");
    }
    return count;
  }

  byte[] bytes(int length) throws Malformed {
    need(length);
    byte[] read = new byte[length];
    bytes.get(read);
    return read;
  }

  byte[] handle() throws Malformed {
    align(WORD);
    return bytes(HANDLE);
  }

  /** Reads a pointer; false if it is null. */
  boolean pointer() throws Malformed {
    return u32() != 0;
  }

  /** An unsigned number behind a pointer; empty for a null pointer. */
  Optional<Integer> optional() throws Malformed {
    return pointer() ? Optional.of(u32()) : Optional.empty();
  }

  /** A conformant array of bytes. */
  byte[] conformantBytes() throws Malformed {
    return bytes(count(1));
  }

  /** A conformant varying array of bytes. */
  byte[] varyingBytes() throws Malformed {
    return varying(1);
  }

  /** A conformant varying string of 16-bit characters, up to its first NUL. */
  String text() throws Malformed {
    String text = rawText();
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  /** As {@link #text}, with all NULs. */
  String rawText() throws Malformed {
    return new String(varying(Character.BYTES), StandardCharsets.UTF_16LE);
  }

  private byte[] varying(int bytesEach) throws Malformed {
    u32();
    int offset = u32();
    int length = count(bytesEach);
    if (offset != 0) {
      throw new Malformed("The host sent an array that begins at " + offset + ", want 0");
    }
    return bytes(length * bytesEach);
  }

  private void need(int length) throws Malformed {
    if (length < 0 || length > bytes.remaining()) {
      throw new Malformed(
          "The answer ends " + (length - bytes.remaining()) + " bytes before its last field");
    }
  }

  private void align(int to) throws Malformed {
    int gap = (to - bytes.position() % to) % to;
    need(gap);
    bytes.position(bytes.position() + gap);
  }
}
