package dev.imfexporter.access.smb.rpc;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes parameters in NDR 2.0, little-endian (C706 chapter 14), each at its natural alignment. */
final class NdrWriter {
  private static final int WORD = 4;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int referent = 0x20000;

  NdrWriter u16(int value) {
    align(2);
    out.write(value);
    out.write(value >>> 8);
    return this;
  }

  NdrWriter u32(int value) {
    align(WORD);
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      out.write(value >>> shift);
    }
    return this;
  }

  /** Bytes without alignment. */
  NdrWriter bytes(byte[] value) {
    out.writeBytes(value);
    return this;
  }

  NdrWriter handle(byte[] handle) {
    align(WORD);
    return bytes(handle);
  }

  /** A null pointer. */
  NdrWriter nullPointer() {
    return u32(0);
  }

  /** A pointer to what is written next. */
  NdrWriter pointer() {
    u32(referent);
    referent += WORD;
    return this;
  }

  /** A conformant varying string of 16-bit characters with its NUL. */
  NdrWriter text(String value) {
    return varying(value + "\0");
  }

  private NdrWriter varying(String text) {
    return u32(text.length())
        .u32(0)
        .u32(text.length())
        .bytes(text.getBytes(StandardCharsets.UTF_16LE));
  }

  /**
   * An RPC_UNICODE_STRING (MS-DTYP 2.3.10) with its buffer behind it.
   *
   * @param value null for a string without a buffer
   * @param ended whether its length includes the NUL, as in MS-RRP but not in MS-EVEN
   */
  NdrWriter unicodeString(@Nullable String value, boolean ended) {
    align(WORD);
    if (value == null) {
      return u16(0).u16(0).nullPointer();
    }
    String text = ended ? value + "\0" : value;
    int bytes = text.length() * Character.BYTES;
    return u16(bytes).u16(bytes).pointer().varying(text);
  }

  byte[] toBytes() {
    return out.toByteArray();
  }

  private void align(int to) {
    while (out.size() % to != 0) {
      out.write(0);
    }
  }
}
