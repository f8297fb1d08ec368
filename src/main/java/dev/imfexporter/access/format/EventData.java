package dev.imfexporter.access.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** The binary data of an event, in a format of its provider. Immutable. */
public final class EventData {

  /** The data of an event that has none. */
  public static final EventData NONE = new EventData(new byte[0]);

  private final byte[] bytes;

  private EventData(byte[] bytes) {
    this.bytes = bytes;
  }

  public static EventData of(byte[] bytes) {
    return bytes.length == 0 ? NONE : new EventData(bytes.clone());
  }

  public boolean isEmpty() {
    return bytes.length == 0;
  }

  /** The data read as UTF-16LE up to the first NUL; half a character at the end is left out. */
  public String utf16() {
    String text =
        new String(bytes, 0, bytes.length / Character.BYTES * 2, StandardCharsets.UTF_16LE);
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EventData data && Arrays.equals(bytes, data.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
