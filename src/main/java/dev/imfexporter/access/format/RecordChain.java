package dev.imfexporter.access.format;

import dev.imfexporter.access.AccessException.Malformed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The frame of EVENTLOGRECORDs that lie one behind the other (<a
 * href="https://learn.microsoft.com/windows/win32/api/winnt/ns-winnt-eventlogrecord">page</a>): a
 * record's length stands at both its ends, its number behind the first one.
 */
final class RecordChain {
  private static final int HEADER = 56;
  private static final int NUMBER = 8;

  private RecordChain() {}

  static long firstNumber(byte[] records) throws Malformed {
    return numberAt(little(records), 0);
  }

  static long lastNumber(byte[] records) throws Malformed {
    ByteBuffer chain = little(records);
    if (records.length < HEADER) {
      throw malformed(0, records.length);
    }
    int length = chain.getInt(records.length - Integer.BYTES);
    if (length < HEADER || length > records.length) {
      throw malformed(records.length, length);
    }
    return numberAt(chain, records.length - length);
  }

  /** The records from that number on; no bytes when it is not among them. */
  static byte[] from(byte[] records, long number) throws Malformed {
    ByteBuffer chain = little(records);
    int at = 0;
    while (at < records.length) {
      if (numberAt(chain, at) == number) {
        return Arrays.copyOfRange(records, at, records.length);
      }
      at += chain.getInt(at);
    }
    return new byte[0];
  }

  private static long numberAt(ByteBuffer chain, int at) throws Malformed {
    int left = chain.limit() - at;
    if (left < HEADER || chain.getInt(at) < HEADER || chain.getInt(at) > left) {
      throw malformed(at, left < Integer.BYTES ? left : chain.getInt(at));
    }
    return Integer.toUnsignedLong(chain.getInt(at + NUMBER));
  }

  private static ByteBuffer little(byte[] records) {
    return ByteBuffer.wrap(records).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Malformed malformed(int at, int length) {
    return new Malformed("An event record at byte " + at + " cannot have " + length + " bytes");
  }
}
