package dev.imfexporter.access.format;

import dev.imfexporter.access.AccessException.Malformed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lays out an EVENTLOGRECORD, field by field as Microsoft publishes it
 * (https://learn.microsoft.com/windows/win32/api/winnt/ns-winnt-eventlogrecord): the header, source
 * and computer, the SID on a boundary of 4 bytes, the strings, the data, filled up to 4 bytes, the
 * length again.
 */
public final class EventBytes {
  private static final int SIGNATURE = 0x654C664C;

  private final String provider;
  private final int id;
  private int qualifiers;
  private int type = EventRecord.INFORMATION;
  private long number = 1;
  private Instant written = Instant.parse("2026-03-11T03:12:00Z");
  private byte[] sid = {};
  private String[] strings = {};
  private byte[] data = {};

  private EventBytes(String provider, int id) {
    this.provider = provider;
    this.id = id;
  }

  public static EventBytes of(String provider, int id) {
    return new EventBytes(provider, id);
  }

  /** 7036 in the shape of 2003: the display name and a word, no data. */
  public static EventBytes entered2003(String displayName, String word) {
    return of("Service Control Manager", 7036).qualifiers(0x4000).strings(displayName, word);
  }

  /** 7036 in the shape of 2022: the short name and the number of the state as data. */
  public static EventBytes entered2022(String displayName, String word, String nameAndState) {
    return entered2003(displayName, word).data(nameAndState);
  }

  public EventBytes qualifiers(int bits) {
    qualifiers = bits;
    return this;
  }

  public EventBytes type(int eventType) {
    type = eventType;
    return this;
  }

  public EventBytes number(long recordNumber) {
    number = recordNumber;
    return this;
  }

  public EventBytes at(Instant time) {
    written = time;
    return this;
  }

  public EventBytes strings(String... insertionStrings) {
    strings = insertionStrings.clone();
    return this;
  }

  public EventBytes data(byte... bytes) {
    data = bytes.clone();
    return this;
  }

  /** Data that are a text in UTF-16LE with its NUL. */
  public EventBytes data(String text) {
    return data((text + '\0').getBytes(StandardCharsets.UTF_16LE));
  }

  /** A user such as S-1-5-18. */
  public EventBytes user(String text) {
    String[] parts = text.split("-", -1);
    ByteBuffer bytes = ByteBuffer.allocate(8 + 4 * (parts.length - 3));
    bytes.putLong((1L << 56) | ((long) (parts.length - 3) << 48) | Long.parseLong(parts[2]));
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 3; i < parts.length; i++) {
      bytes.putInt((int) Long.parseLong(parts[i]));
    }
    sid = bytes.array();
    return this;
  }

  public byte[] toArray() {
    byte[] names = text(provider + '\0' + "MAIL01" + '\0');
    int sidAt = 56 + names.length + (-names.length & 3);
    int stringsAt = sidAt + sid.length;
    byte[] texts = text(String.join("\0", strings) + (strings.length == 0 ? "" : "\0"));
    int dataAt = stringsAt + texts.length;
    int end = dataAt + data.length;
    int length = end + (-end & 3) + 4;
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    int time = (int) written.getEpochSecond();
    bytes.putInt(length).putInt(SIGNATURE).putInt((int) number).putInt(time).putInt(time);
    bytes.putShort((short) id).putShort((short) qualifiers);
    bytes.putShort((short) type).putShort((short) strings.length).putShort((short) 0);
    bytes.putShort((short) 0).putInt(0).putInt(stringsAt);
    bytes.putInt(sid.length).putInt(sidAt).putInt(data.length).putInt(dataAt);
    bytes.put(names).position(sidAt).put(sid).put(texts).put(data);
    return bytes.putInt(length - 4, length).array();
  }

  /** Records one behind the other, as one answer has them. */
  public static byte[] answer(EventBytes... events) {
    return join(Arrays.stream(events).map(EventBytes::toArray).toArray(byte[][]::new));
  }

  /** Bytes one behind the other. */
  public static byte[] join(byte[]... records) {
    ByteBuffer all = ByteBuffer.allocate(Arrays.stream(records).mapToInt(r -> r.length).sum());
    Arrays.stream(records).forEach(all::put);
    return all.array();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_16LE);
  }

  /**
   * All records of an answer, decoded.
   *
   * @throws Malformed if any of them is damaged
   */
  public static List<EventRecord> parse(byte[] answer) throws Malformed {
    Bytes all = Bytes.of("Event records", answer, ByteOrder.LITTLE_ENDIAN);
    List<EventRecord> records = new ArrayList<>();
    int at = 0;
    while (at < answer.length) {
      Bytes record = RawEvent.frame(all, at);
      records.add(RawEvent.of(record).decode());
      at += record.length();
    }
    return records;
  }
}
