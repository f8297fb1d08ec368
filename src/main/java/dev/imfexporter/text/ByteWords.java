package dev.imfexporter.text;

import java.util.Locale;

/** Numbers of bytes as a person reads them. */
public final class ByteWords {
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private ByteWords() {}

  /** In the unit in which it has few digits, rounded down: {@code 512 bytes}, {@code 61.2 GiB}. */
  public static String of(long bytes) {
    if (bytes < 1_024) {
      return bytes == 1 ? "1 byte" : bytes + " bytes";
    }
    int unit = 0;
    long tenths = bytes / 1_024 * 10 + bytes % 1_024 * 10 / 1_024;
    while (tenths >= 10_240) {
      tenths /= 1_024;
      unit++;
    }
    return tenths >= 1_000
        ? "%d %s".formatted(tenths / 10, UNITS[unit])
        : String.format(Locale.ROOT, "%d.%d %s", tenths / 10, tenths % 10, UNITS[unit]);
  }
}
