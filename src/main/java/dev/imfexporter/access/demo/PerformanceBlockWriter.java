package dev.imfexporter.access.demo;

import dev.imfexporter.access.format.PerformanceBlock;
import dev.imfexporter.access.format.PerformanceBlock.Counter;
import dev.imfexporter.access.format.PerformanceBlock.Instance;
import dev.imfexporter.access.format.PerformanceBlock.PerformanceObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;

/**
 * Writes performance data as a 32-bit Windows sends it: structures aligned to 4 bytes, 8-byte
 * counters wherever they fall (<a
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
  private static final long TICKS_PER_SECOND = 10_000_000;

  /** FILETIME counts from here. */
  private static final Instant EPOCH_1601 = Instant.parse("1601-01-01T00:00:00Z");

  private final ByteBuffer out;
  private final long ticks;

  private PerformanceBlockWriter(int most, Instant now) {
    out = ByteBuffer.allocate(most).order(ByteOrder.LITTLE_ENDIAN);
    Duration since1601 = Duration.between(EPOCH_1601, now);
    ticks = since1601.toSeconds() * TICKS_PER_SECOND + since1601.toNanosPart() / 100;
  }

  /**
   * The bytes that {@link PerformanceBlock#parse} turns into the same block again. The instances of
   * an object must have the same counters in the same order; a counter takes 8 bytes if its type
   * says PERF_SIZE_LARGE, otherwise 4.
   */
  static byte[] write(PerformanceBlock block, String host, Instant now) {
    PerformanceBlockWriter writer = new PerformanceBlockWriter(roomFor(block, host), now);
    writer.dataBlock(block, host, now);
    return Arrays.copyOf(writer.out.array(), writer.out.position());
  }

  private static int roomFor(PerformanceBlock block, String host) {
    int room = DATA_BLOCK + spelled(host).length;
    for (PerformanceObject object : block.objects()) {
      room += OBJECT;
      for (Instance instance : object.instances()) {
        int counters = instance.counters().size();
        room += INSTANCE + spelled(instance.name()).length + COUNTER_BLOCK;
        room += counters * (COUNTER + Long.BYTES);
      }
    }
    return room;
  }

  private void dataBlock(PerformanceBlock block, String host, Instant now) {
    byte[] name = spelled(host);
    out.put("PERF".getBytes(StandardCharsets.UTF_16LE));
    ints(1, 1, 1, 0, DATA_BLOCK + name.length, block.objects().size(), 0);
    ZonedDateTime utc = now.atZone(ZoneOffset.UTC);
    shorts(utc.getYear(), utc.getMonthValue(), utc.getDayOfWeek().getValue() % 7);
    shorts(utc.getDayOfMonth(), utc.getHour(), utc.getMinute(), utc.getSecond());
    shorts(utc.getNano() / 1_000_000);
    ints(0).out.putLong(ticks).putLong(TICKS_PER_SECOND).putLong(ticks);
    ints(name.length, DATA_BLOCK).out.put(name);
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
    out.putLong(ticks).putLong(TICKS_PER_SECOND);
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

  /** A text with its NUL, filled up to 4 bytes. */
  private static byte[] spelled(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_16LE);
    return Arrays.copyOf(bytes, (bytes.length + 2 + 3) & ~3);
  }

  private PerformanceBlockWriter ints(int... values) {
    Arrays.stream(values).forEach(out::putInt);
    return this;
  }

  private void shorts(int... values) {
    Arrays.stream(values).forEach(value -> out.putShort((short) value));
  }

  private void lengthSince(int start, int field) {
    out.putInt(start + field, out.position() - start);
  }
}
