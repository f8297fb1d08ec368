package dev.imfexporter.access.format;

import dev.imfexporter.access.AccessException.Malformed;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The frames of EVENTLOGRECORDs that lie one behind the other (<a
 * href="https://learn.microsoft.com/windows/win32/api/winnt/ns-winnt-eventlogrecord">page</a>): a
 * record has its length at both ends.
 */
final class RecordChain {
  private static final int HEADER = 56;
  private static final int NUMBER = 8;

  private RecordChain() {}

  static long firstNumber(byte[] records) throws Malformed {
    return number(record(chain(records), 0));
  }

  static long lastNumber(byte[] records) throws Malformed {
    Bytes chain = chain(records);
    int end = records.length - Integer.BYTES;
    int length = chain.length("Length at the end", end, HEADER, records.length);
    return number(record(chain, records.length - length));
  }

  /** The records from that number on; no bytes when it is not among them. */
  static byte[] from(byte[] records, long number) throws Malformed {
    Bytes chain = chain(records);
    int at = 0;
    while (at < records.length) {
      Bytes record = record(chain, at);
      if (number(record) == number) {
        return Arrays.copyOfRange(records, at, records.length);
      }
      at += record.length();
    }
    return new byte[0];
  }

  private static Bytes chain(byte[] records) {
    return Bytes.of("Event records", records, ByteOrder.LITTLE_ENDIAN);
  }

  private static Bytes record(Bytes chain, int at) throws Malformed {
    return chain.inner("EVENTLOGRECORD", at, HEADER, "Length", 0);
  }

  private static long number(Bytes record) throws Malformed {
    return record.unsigned("RecordNumber", NUMBER);
  }
}
