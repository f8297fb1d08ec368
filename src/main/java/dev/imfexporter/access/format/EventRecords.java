package dev.imfexporter.access.format;

import dev.imfexporter.access.AccessException.Malformed;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The records of one answer of ReadEventLog or of MS-EVEN, one behind the other, found by their own
 * lengths. What a record says is decoded only when it is asked for, since most are of no interest.
 *
 * @param records in the order of the answer
 * @param skipped how many damaged records lay between or behind them
 * @param broken why the rest of the answer was left out; empty when there is none
 */
public record EventRecords(List<RawEvent> records, int skipped, Optional<Malformed> broken) {
  public EventRecords {
    records = List.copyOf(records);
  }

  /**
   * Finds the records. A damaged one is skipped if both places that tell its length agree; if not,
   * where the next begins is unknown, and the rest is left out.
   */
  public static EventRecords find(byte[] bytes) {
    Bytes answer = Bytes.of("Event records", bytes, ByteOrder.LITTLE_ENDIAN);
    List<RawEvent> records = new ArrayList<>();
    int skipped = 0;
    int at = 0;
    while (at < bytes.length) {
      Bytes record;
      try {
        record = RawEvent.frame(answer, at);
      } catch (Malformed e) {
        return new EventRecords(records, skipped, Optional.of(e));
      }
      at += record.length();
      try {
        records.add(RawEvent.of(record));
      } catch (Malformed e) {
        skipped++;
      }
    }
    return new EventRecords(records, skipped, Optional.empty());
  }

  /**
   * All records, decoded.
   *
   * @throws Malformed if any of them is damaged
   */
  public static List<EventRecord> parse(byte[] bytes) throws Malformed {
    Bytes answer = Bytes.of("Event records", bytes, ByteOrder.LITTLE_ENDIAN);
    List<EventRecord> records = new ArrayList<>();
    int at = 0;
    while (at < bytes.length) {
      Bytes record = RawEvent.frame(answer, at);
      records.add(RawEvent.of(record).decode());
      at += record.length();
    }
    return records;
  }
}
