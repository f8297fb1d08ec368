package dev.imfexporter.access.format;

import dev.imfexporter.access.AccessException.Malformed;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of one answer of ReadEventLog or of MS-EVEN, one behind the other, found by their own
 * lengths. Their contents are decoded on demand, since most records are not needed.
 *
 * @param records in the order of the answer
 * @param skipped how many damaged records lay between or behind them
 */
public record EventRecords(List<RawEvent> records, int skipped) {
  public EventRecords {
    records = List.copyOf(records);
  }

  /**
   * Finds the records. A damaged one is skipped if the lengths at both its ends agree; otherwise
   * the place of the next one is unknown, and the rest is left out.
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
      } catch (Malformed placeOfTheNextUnknown) {
        break;
      }
      at += record.length();
      try {
        records.add(RawEvent.of(record));
      } catch (Malformed e) {
        skipped++;
      }
    }
    return new EventRecords(records, skipped);
  }
}
