package dev.imfexporter.access.demo;

import dev.imfexporter.access.format.PerformanceBlock;
import dev.imfexporter.access.format.PerformanceBlock.Counter;
import dev.imfexporter.access.format.PerformanceBlock.Instance;
import dev.imfexporter.access.format.PerformanceBlock.PerformanceObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Writes performance data as a 32-bit Windows sends it: structures aligned to 4 bytes, 8-byte
 * counters not aligned (<a
 * href="https://learn.microsoft.com/windows/win32/perfctrs/performance-data-format">format</a>).
 */
final class PerformanceBlockWriter {
  private static final int DATA_BLOCK = 88;
  private static final int OBJECT = 64;
  private static final int COUNTER = 40;
  private static final int INSTANCE = 24;
  private static final int COUNTER_BLOCK = 4;

  private static final int NO_INSTANCES = -1;
  private static final int NO_UNIQUE_ID = -1;
  private static final int DETAIL_NOVICE = 100;
  private static final int SIZE_LARGE = 0x100;

  /** More bytes than any answer of the demo has. */
  private static final int MOST = 64 * 1024;

  private final ByteBuffer out = ByteBuffer.allocate(MOST).order(ByteOrder.LITTLE_ENDIAN);

  private PerformanceBlockWriter() {}

  /**
   * The bytes that {@link PerformanceBlock#parse} turns into the same block again; times are zero.
   * The instances of an object must have the same counters in the same order; a counter takes 8
   * bytes if its type says PERF_SIZE_LARGE, otherwise 4.
   */
  static byte[] write(PerformanceBlock block, String host) {
    PerformanceBlockWriter writer = new PerformanceBlockWriter();
    writer.dataBlock(block, spelled(host));
    return Arrays.copyOf(writer.out.array(), writer.out.position());
  }

  private void dataBlock(PerformanceBlock block, byte[] host) {
    out.put("PERF".getBytes(StandardCharsets.UTF_16LE));
    ints(1, 1, 1, 0, DATA_BLOCK + host.length, block.objects().size(), 0);
    out.position(DATA_BLOCK - 2 * Integer.BYTES);
    ints(host.length, DATA_BLOCK).out.put(host);
    block.objects().forEach(this::object);
    lengthSince(0, 20);
  }

  private void object(PerformanceObject object) {
    int start = out.position();
    boolean single = object.instances().size() == 1 && object.instances().get(0).name().isEmpty();
    List<Counter> layout =
        object.instances().stream().findFirst().map(Instance::counters).orElse(List.of());
    ints(0, 0, OBJECT, object.nameIndex(), 0, object.nameIndex() + 1, 0, DETAIL_NOVICE);
    ints(layout.size(), 0, single ? NO_INSTANCES : object.instances().size(), 0);
    out.putLong(0).putLong(0);
    int offset = COUNTER_BLOCK;
    for (Counter counter : layout) {
      int size = size(counter);
      ints(COUNTER, counter.nameIndex(), 0, counter.nameIndex() + 1, 0, 0, DETAIL_NOVICE);
      ints(counter.type(), size, offset);
      offset += size;
    }
    lengthSince(start, 4);
    for (Instance instance : object.instances()) {
      if (!single) {
        instance(instance.name());
      }
      ints(offset);
      instance.counters().forEach(this::value);
    }
    lengthSince(start, 0);
  }

  private void instance(String name) {
    byte[] bytes = spelled(name);
    ints(INSTANCE + bytes.length, 0, 0, NO_UNIQUE_ID, INSTANCE, 2 * name.length() + 2);
    out.put(bytes);
  }

  private void value(Counter counter) {
    if (size(counter) == Long.BYTES) {
      out.putLong(counter.value());
    } else {
      out.putInt((int) counter.value());
    }
  }

  private static int size(Counter counter) {
    return (counter.type() & SIZE_LARGE) == 0 ? Integer.BYTES : Long.BYTES;
  }

  /** A text with its NUL, padded to a multiple of 4 bytes. */
  private static byte[] spelled(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_16LE);
    return Arrays.copyOf(bytes, (bytes.length + 2 + 3) & ~3);
  }

  private PerformanceBlockWriter ints(int... values) {
    Arrays.stream(values).forEach(out::putInt);
    return this;
  }

  private void lengthSince(int start, int field) {
    out.putInt(start + field, out.position() - start);
  }
}
