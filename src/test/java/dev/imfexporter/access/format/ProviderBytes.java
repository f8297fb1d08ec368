package dev.imfexporter.access.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Lays out bytes as a provider does, field by field, with nothing checked. */
public final class ProviderBytes {
  private final ByteBuffer buffer;

  public ProviderBytes(ByteOrder order) {
    buffer = ByteBuffer.allocate(1 << 20).order(order);
  }

  public int at() {
    return buffer.position();
  }

  public ProviderBytes ints(int... values) {
    Arrays.stream(values).forEach(buffer::putInt);
    return this;
  }

  public ProviderBytes wide(long value) {
    buffer.putLong(value);
    return this;
  }

  public ProviderBytes text(String text) {
    Charset charset =
        buffer.order() == ByteOrder.BIG_ENDIAN
            ? StandardCharsets.UTF_16BE
            : StandardCharsets.UTF_16LE;
    buffer.put(text.getBytes(charset));
    return this;
  }

  public ProviderBytes zeros(int count) {
    buffer.put(new byte[count]);
    return this;
  }

  /** Writes how far it is from there to here. */
  public ProviderBytes lengthSince(int start, int field) {
    buffer.putInt(start + field, at() - start);
    return this;
  }

  /** PERF_DATA_BLOCK of a host with that name; its length is to be written at the end. */
  public ProviderBytes dataBlock(int objects, String host) {
    int nameBytes = 2 * host.length() + 2;
    int padding = -nameBytes & 7;
    text("PERF").ints(buffer.order() == ByteOrder.LITTLE_ENDIAN ? 1 : 0, 1, 1);
    ints(0, 88 + nameBytes + padding, objects, 238).zeros(16 + 4);
    wide(1_000).wide(10_000_000).wide(130_000_000_000_000_000L);
    return ints(nameBytes, 88).text(host + '\0').zeros(padding);
  }

  /** PERF_OBJECT_TYPE; its two lengths are to be written when known. */
  public ProviderBytes object(int nameIndex, int counters, int instances) {
    ints(0, 0, 64, nameIndex, 0, nameIndex + 1, 0, 100, counters, 0, instances, 0);
    return wide(1_000).wide(10_000_000);
  }

  public ProviderBytes counter(int nameIndex, int type, int size, int offset) {
    return ints(40, nameIndex, 0, nameIndex + 1, 0, 0, 100, type, size, offset);
  }

  /** PERF_INSTANCE_DEFINITION with its name, filled up to the alignment. */
  public ProviderBytes instance(String name, int alignment) {
    int nameBytes = 2 * name.length();
    int padding = -(24 + nameBytes) & (alignment - 1);
    ints(24 + nameBytes + padding, 0, 0, -1, 24, nameBytes);
    return text(name).zeros(padding);
  }

  public byte[] toArray() {
    return Arrays.copyOf(buffer.array(), at());
  }
}
