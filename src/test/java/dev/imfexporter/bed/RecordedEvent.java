package dev.imfexporter.bed;

import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands in a log of the bed, decoded apart from the product (<a
 * href="https://learn.microsoft.com/windows/win32/api/winnt/ns-winnt-eventlogrecord">layout</a>).
 *
 * @param id without severity and facility
 * @param text the binary data as UTF-16, up to a NUL
 */
public record RecordedEvent(
    long number, Instant time, String provider, int id, List<String> strings, String text) {
  private static final int FIXED_PART = 56;

  public RecordedEvent {
    strings = List.copyOf(strings);
  }

  /** All of the whole records that lie one behind the other. */
  public static List<RecordedEvent> parse(byte[] records) {
    List<RecordedEvent> events = new ArrayList<>();
    ByteBuffer chain = ByteBuffer.wrap(records).order(ByteOrder.LITTLE_ENDIAN);
    while (chain.hasRemaining()) {
      int length = chain.getInt(chain.position());
      events.add(event(chain.slice(chain.position(), length).order(ByteOrder.LITTLE_ENDIAN)));
      chain.position(chain.position() + length);
    }
    return events;
  }

  private static RecordedEvent event(ByteBuffer record) {
    List<String> strings = new ArrayList<>();
    int at = record.getInt(36);
    for (int i = 0; i < record.getShort(26); i++) {
      strings.add(text(record, at));
      at += 2 * strings.get(i).length() + 2;
    }
    return new RecordedEvent(
        Integer.toUnsignedLong(record.getInt(8)),
        Instant.ofEpochSecond(Integer.toUnsignedLong(record.getInt(12))),
        text(record, FIXED_PART),
        record.getInt(20) & 0xffff,
        strings,
        record.getInt(48) == 0 ? "" : text(record, record.getInt(52)));
  }

  private static String text(ByteBuffer record, int at) {
    int end = at;
    while (end + 1 < record.limit() && record.getShort(end) != 0) {
      end += 2;
    }
    byte[] text = new byte[end - at];
    record.get(at, text);
    return new String(text, UTF_16LE);
  }
}
