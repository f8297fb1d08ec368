package dev.imfexporter.access.format;

import dev.imfexporter.access.AccessException.Malformed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A record whose bytes are found and whose fixed fields are read. */
public final class RawEvent {
  // Offsets of winnt.h.
  private static final int LENGTH = 0;
  private static final int SIGNATURE = 4;
  private static final int NUMBER = 8;
  private static final int TIME_WRITTEN = 16;
  private static final int EVENT_ID = 20;
  private static final int EVENT_TYPE = 24;
  private static final int NUM_STRINGS = 26;
  private static final int STRING_OFFSET = 36;
  private static final int USER_SID_LENGTH = 40;
  private static final int USER_SID_OFFSET = 44;
  private static final int DATA_LENGTH = 48;
  private static final int DATA_OFFSET = 52;
  private static final int SOURCE_NAME = 56;

  /** The size of the header, two empty names and the second length. */
  private static final int LEAST = SOURCE_NAME + 2 * Character.BYTES + Integer.BYTES;

  /** ELF_LOG_SIGNATURE: the bytes "LfLe". */
  private static final int ELF_LOG_SIGNATURE = 0x654C664C;

  private static final int LOW_HALF = 0xFFFF;

  private final Bytes record;
  private final long number;
  private final Instant written;
  private final String provider;
  private final int identifier;

  private RawEvent(Bytes record, long number, Instant written, String provider, int identifier) {
    this.record = record;
    this.number = number;
    this.written = written;
    this.provider = provider;
    this.identifier = identifier;
  }

  /** The bytes of the record at that place, if the lengths at both its ends agree. */
  static Bytes frame(Bytes all, int at) throws Malformed {
    Bytes record = all.inner("EVENTLOGRECORD", at, LEAST, "Length", LENGTH);
    long again = record.unsigned("Length at the end", record.length() - Integer.BYTES);
    if (again != record.length()) {
      throw record.malformed("Length is %d, but %d at the end".formatted(record.length(), again));
    }
    return record;
  }

  static RawEvent of(Bytes record) throws Malformed {
    int signature = record.signed("Reserved", SIGNATURE);
    if (signature != ELF_LOG_SIGNATURE) {
      throw record.malformed(
          "Reserved is 0x%08X, want 0x%08X".formatted(signature, ELF_LOG_SIGNATURE));
    }
    return new RawEvent(
        record,
        record.unsigned("RecordNumber", NUMBER),
        Instant.ofEpochSecond(record.unsigned("TimeWritten", TIME_WRITTEN)),
        record.terminated("SourceName", SOURCE_NAME, end(record)),
        record.signed("EventID", EVENT_ID));
  }

  /** As {@link EventRecord#number}. */
  public long number() {
    return number;
  }

  /** As {@link EventRecord#written}. */
  public Instant written() {
    return written;
  }

  /** As {@link EventRecord#provider}. */
  public String provider() {
    return provider;
  }

  /** As {@link EventRecord#id}. */
  public int id() {
    return identifier & LOW_HALF;
  }

  /**
   * Decodes the whole record.
   *
   * @throws Malformed if a text, the SID or the data lie outside of it
   */
  public EventRecord decode() throws Malformed {
    return new EventRecord(
        number,
        written,
        provider,
        id(),
        record.word("EventType", EVENT_TYPE),
        user(),
        strings(),
        data());
  }

  private Optional<String> user() throws Malformed {
    int size = record.length("UserSidLength", USER_SID_LENGTH, 0, end(record));
    if (size == 0) {
      return Optional.empty();
    }
    int at = record.length("UserSidOffset", USER_SID_OFFSET, 0, end(record) - size);
    return Optional.of(Sid.text(record, at, size));
  }

  private List<String> strings() throws Malformed {
    int count = record.word("NumStrings", NUM_STRINGS);
    List<String> strings = new ArrayList<>();
    if (count > 0) {
      int at = record.length("StringOffset", STRING_OFFSET, 0, end(record));
      for (int i = 0; i < count; i++) {
        String string = record.terminated("String", at, end(record));
        strings.add(string);
        at += (string.length() + 1) * Character.BYTES;
      }
    }
    return strings;
  }

  private EventData data() throws Malformed {
    int size = record.length("DataLength", DATA_LENGTH, 0, end(record));
    if (size == 0) {
      return EventData.NONE;
    }
    int at = record.length("DataOffset", DATA_OFFSET, 0, end(record) - size);
    return EventData.of(record.bytes("Data", at, size));
  }

  private static int end(Bytes record) {
    return record.length() - Integer.BYTES;
  }
}
