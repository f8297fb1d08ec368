package dev.imfexporter.collector;

import dev.imfexporter.access.PerformanceData;
import dev.imfexporter.access.format.ProviderBytes;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Performance data of one object, which a test sets up by the names of its counters. */
final class Counters implements PerformanceData {
  private static final int LARGE_RAWCOUNT = 0x00010100;

  /** Every question. */
  final List<String> queries = new ArrayList<>();

  /** How often the providers were to be loaded anew. */
  int releases;

  /** Whether the object is offered; its names are in the table all the same. */
  boolean offered = true;

  private final String object;
  private final Map<String, Long> counters = new LinkedHashMap<>();
  private int index = 7_000;
  private List<String> instances = List.of();

  Counters(String object) {
    this.object = object;
  }

  Counters counter(String name, long value) {
    counters.put(name, value);
    return this;
  }

  /** Gives the object instances, each with all the counters. */
  Counters instances(String... names) {
    instances = List.of(names);
    return this;
  }

  /** Moves the object and its counters to other places in the table, as a set-up does. */
  Counters at(int other) {
    index = other;
    return this;
  }

  @Override
  public void release() {
    releases++;
  }

  @Override
  public byte[] query(String value) {
    queries.add(value);
    if (value.equals("Counter 009")) {
      return titles();
    }
    return value.equals(Integer.toString(index)) && offered ? data() : nothing();
  }

  private byte[] titles() {
    Map<Integer, String> names = new TreeMap<>(Map.of(2, "System", index, object));
    int at = index;
    for (String name : counters.keySet()) {
      at += 2;
      names.put(at, name);
    }
    StringBuilder table = new StringBuilder();
    names.forEach((number, name) -> table.append(number).append('\0').append(name).append('\0'));
    return table.append('\0').toString().getBytes(StandardCharsets.UTF_16LE);
  }

  private static byte[] nothing() {
    return new ProviderBytes(ByteOrder.LITTLE_ENDIAN)
        .dataBlock(0, "TEST")
        .lengthSince(0, 20)
        .toArray();
  }

  private byte[] data() {
    ProviderBytes bytes = new ProviderBytes(ByteOrder.LITTLE_ENDIAN).dataBlock(1, "TEST");
    int start = bytes.at();
    bytes.object(index, counters.size(), instances.isEmpty() ? -1 : instances.size());
    for (int i = 0; i < counters.size(); i++) {
      bytes.counter(index + 2 + 2 * i, LARGE_RAWCOUNT, Long.BYTES, 8 + Long.BYTES * i);
    }
    bytes.lengthSince(start, 4);
    if (instances.isEmpty()) {
      block(bytes);
    }
    for (String instance : instances) {
      bytes.instance(instance, 8);
      block(bytes);
    }
    return bytes.lengthSince(start, 0).lengthSince(0, 20).toArray();
  }

  private void block(ProviderBytes bytes) {
    bytes.ints(8 + Long.BYTES * counters.size(), 0);
    counters.values().forEach(bytes::wide);
  }
}
