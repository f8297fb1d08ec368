package dev.imfexporter.access.format;

import dev.imfexporter.access.AccessException.Malformed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;

/**
 * One structure inside an array of bytes. Offsets count from where the structure begins; nothing
 * outside it can be read, and an attempt fails with a message that names the structure, the field,
 * its value and its place.
 */
final class Bytes {
  private final ByteBuffer array;
  private final String structure;
  private final int start;
  private final int length;

  private Bytes(ByteBuffer array, String structure, int start, int length) {
    this.array = array;
    this.structure = structure;
    this.start = start;
    this.length = length;
  }

  /** All of the array, under the name of the structure that it begins with. */
  static Bytes of(String structure, byte[] bytes, ByteOrder order) {
    return new Bytes(ByteBuffer.wrap(bytes).order(order), structure, 0, bytes.length);
  }

  int length() {
    return length;
  }

  boolean isBigEndian() {
    return array.order() == ByteOrder.BIG_ENDIAN;
  }

  /**
   * A structure inside this one that holds its own length in a 32-bit field.
   *
   * @param offset where it begins
   * @param least the bytes that its fixed fields take; at least one, so that a loop over structures
   *     advances
   * @param lengthOffset of the field, from where the inner structure begins
   */
  Bytes inner(String name, int offset, int least, String lengthField, int lengthOffset)
      throws Malformed {
    Bytes rest = from(name, offset);
    if (rest.length < least) {
      throw rest.malformed(rest.length + " bytes are left, want at least " + least);
    }
    int own = rest.length(lengthField, lengthOffset, least, rest.length);
    return new Bytes(array, name, rest.start, own);
  }

  /** The first bytes of this structure, at most all of it. */
  Bytes first(int most) {
    return new Bytes(array, structure, start, Math.min(most, length));
  }

  /** A 32-bit field that is a length, an offset or a count, which must lie within the limits. */
  int length(String field, int offset, int least, int most) throws Malformed {
    long value = unsigned(field, offset);
    if (value < least || value > most) {
      throw malformed(
          most < least
              ? "%s is %d, and there is no room for any".formatted(field, value)
              : "%s is %d, want %d to %d".formatted(field, value, least, most));
    }
    return (int) value;
  }

  /** A signed 32-bit field. */
  int signed(String field, int offset) throws Malformed {
    return array.getInt(place(field, offset, Integer.BYTES));
  }

  /** An unsigned 32-bit field. */
  long unsigned(String field, int offset) throws Malformed {
    return Integer.toUnsignedLong(signed(field, offset));
  }

  /** An unsigned 16-bit field. */
  int word(String field, int offset) throws Malformed {
    return Short.toUnsignedInt(array.getShort(place(field, offset, Short.BYTES)));
  }

  /** An unsigned 8-bit field. */
  int octet(String field, int offset) throws Malformed {
    return Byte.toUnsignedInt(array.get(place(field, offset, Byte.BYTES)));
  }

  /** A 64-bit field, which need not be aligned. */
  long wide(String field, int offset) throws Malformed {
    return array.getLong(place(field, offset, Long.BYTES));
  }

  /** A text of that many bytes, which ends early at the first NUL, if there is one. */
  String text(String field, int offset, int size, Charset charset) throws Malformed {
    String text = charset.decode(array.slice(place(field, offset, size), size)).toString();
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  /**
   * A text in UTF-16 that must end in NUL; unpaired surrogates in it are kept, so that the next
   * text begins behind its length.
   *
   * @param end of the bytes that it may take, from where the structure begins
   */
  String terminated(String field, int offset, int end) throws Malformed {
    int from = place(field, offset, 0);
    int most = (Math.min(end, length) - offset) / Character.BYTES;
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < most; i++) {
      char next = array.getChar(from + i * Character.BYTES);
      if (next == '\0') {
        return text.toString();
      }
      text.append(next);
    }
    throw malformed("%s at byte %d does not end".formatted(field, offset));
  }

  /** A copy of that many bytes. */
  byte[] bytes(String field, int offset, int size) throws Malformed {
    byte[] copy = new byte[size];
    array.get(place(field, offset, size), copy);
    return copy;
  }

  /** An error about this structure. */
  Malformed malformed(String what) {
    return new Malformed("%s at byte %d: %s".formatted(structure, start, what));
  }

  /** The rest of this structure, from where a structure of that name begins. */
  Bytes from(String name, int offset) throws Malformed {
    return new Bytes(array, name, place(name, offset, 0), length - offset);
  }

  private int place(String field, int offset, int size) throws Malformed {
    if (offset < 0 || size < 0 || offset > length - size) {
      throw malformed(
          "%s takes %d bytes from byte %d of only %d".formatted(field, size, offset, length));
    }
    return start + offset;
  }
}
