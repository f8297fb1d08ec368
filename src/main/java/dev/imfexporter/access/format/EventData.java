package dev.imfexporter.access.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

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

  /** The first four bytes as Event Viewer shows them in words; empty if there are fewer. */
  public Optional<Integer> firstWord() {
    return bytes.length < Integer.BYTES
        ? Optional.empty()
        : Optional.of(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt());
  }

  /**
   * The <a
   * href="https://learn.microsoft.com/windows/win32/api/minwinbase/ns-minwinbase-systemtime">
   * SYSTEMTIME</a> at an offset, read as UTC; empty if there is none, or it is no time.
   */
  public Optional<Instant> systemTime(int offset) {
    if (bytes.length < offset + 8 * Short.BYTES) {
      return Optional.empty();
    }
    ShortBuffer fields =
        ByteBuffer.wrap(bytes, offset, 8 * Short.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .asShortBuffer();
    if (fields.get(0) < 1601) { // The first year that Windows counts.
      return Optional.empty();
    }
    try { // Field 2 is the day of the week.
      return Optional.of(
          LocalDateTime.of(
                  fields.get(0),
                  fields.get(1),
                  fields.get(3),
                  fields.get(4),
                  fields.get(5),
                  fields.get(6))
              .plus(Duration.ofMillis(fields.get(7)))
              .toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
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
