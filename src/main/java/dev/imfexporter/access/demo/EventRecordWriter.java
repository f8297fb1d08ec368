package dev.imfexporter.access.demo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a record of an event log (<a
 * href="https://learn.microsoft.com/windows/win32/api/winnt/ns-winnt-eventlogrecord">
 * EVENTLOGRECORD</a>).
 */
final class EventRecordWriter {
  private static final int HEADER = 56;
  private static final int SIGNATURE = 0x654C_664C;
  private static final int USER_SID_LENGTH = 40;
  private static final int ALIGNMENT = 4;

  private EventRecordWriter() {}

  /**
   * The bytes of one record, whose length is a multiple of four.
   *
   * @param number lower than 2 to the power of 32
   */
  static byte[] write(long number, Instant written, DemoEvent event, String computer) {
    byte[] source = spelled(event.provider());
    byte[] host = spelled(computer);
    byte[] user = event.user().map(EventRecordWriter::sid).orElse(new byte[0]);
    byte[] strings = spelled(event.strings());
    byte[] data = event.data().getBytes(StandardCharsets.ISO_8859_1);
    int userAt = aligned(HEADER + source.length + host.length);
    int stringsAt = userAt + user.length;
    int dataAt = stringsAt + strings.length;
    int length = aligned(dataAt + data.length) + Integer.BYTES;
    int seconds = (int) written.getEpochSecond();

    ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(length).putInt(SIGNATURE).putInt((int) number);
    out.putInt(seconds).putInt(seconds).putInt(event.identifier());
    out.putShort((short) event.type()).putShort((short) event.strings().size());
    out.putShort((short) event.category()).putShort((short) 0).putInt(0);
    out.putInt(stringsAt).putInt(user.length).putInt(user.length == 0 ? 0 : userAt);
    out.putInt(data.length).putInt(dataAt);
    out.put(source).put(host);
    out.position(userAt).put(user).put(strings).put(data);
    return out.putInt(length - Integer.BYTES, length).array();
  }

  /** The SID structure of a SID in its text form. */
  private static byte[] sid(String text) {
    List<Long> parts =
        Arrays.stream(text.substring("S-".length()).split("-")).map(Long::valueOf).toList();
    List<Long> subAuthorities = parts.subList(2, parts.size());
    ByteBuffer sid = ByteBuffer.allocate(USER_SID_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    sid.put(parts.get(0).byteValue()).put((byte) subAuthorities.size());
    // The authority has six bytes, the most significant first; here it always fits into the last.
    sid.put(new byte[5]).put(parts.get(1).byteValue());
    subAuthorities.forEach(part -> sid.putInt(part.intValue()));
    return Arrays.copyOf(sid.array(), sid.position());
  }

  private static byte[] spelled(List<String> strings) {
    StringBuilder all = new StringBuilder();
    strings.forEach(string -> all.append(string).append('\0'));
    return all.toString().getBytes(StandardCharsets.UTF_16LE);
  }

  private static byte[] spelled(String text) {
    return spelled(List.of(text));
  }

  private static int aligned(int length) {
    return (length + ALIGNMENT - 1) & -ALIGNMENT;
  }
}
