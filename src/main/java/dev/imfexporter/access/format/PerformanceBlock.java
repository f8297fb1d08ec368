package dev.imfexporter.access.format;

import dev.imfexporter.access.AccessException.Malformed;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * The answer to one query of HKEY_PERFORMANCE_DATA (<a
 * href="https://learn.microsoft.com/windows/win32/perfctrs/performance-data-format">format</a>).
 *
 * @param objects in the order of the answer; an object that was asked for and has no provider, or
 *     whose provider failed, is left out by Windows
 */
public record PerformanceBlock(List<PerformanceObject> objects) {
  // The sizes of winperf.h, the same for 32-bit and 64-bit programs; a host may send more.
  private static final int DATA_BLOCK = 88;
  private static final int OBJECT = 64;
  private static final int COUNTER = 40;
  private static final int INSTANCE = 24;
  private static final int COUNTER_BLOCK = 4;

  private static final int UTF_16_CODE_PAGE = 1200;

  public PerformanceBlock {
    objects = List.copyOf(objects);
  }

  /**
   * Walks the bytes by their own length and offset fields: counter blocks of 32-bit providers are
   * aligned to 4 bytes, those of 64-bit ones to 8, and later headers may be longer. Bytes after the
   * block's own length are ignored, since a buffer may be larger than the answer.
   *
   * @throws Malformed at the first length, offset or count that leads outside
   */
  public static PerformanceBlock parse(byte[] bytes) throws Malformed {
    return parse(bytes, index -> true);
  }

  /**
   * As {@link #parse(byte[])}, but decodes only the first object of that name: Windows may answer
   * with more objects than were asked for, and what is wrong with another one does not matter.
   *
   * @param nameIndex into the table of names
   * @return empty if the answer does not have the object
   */
  public static Optional<PerformanceObject> object(byte[] bytes, int nameIndex) throws Malformed {
    return parse(bytes, index -> index == nameIndex).objects().stream().findFirst();
  }

  private static PerformanceBlock parse(byte[] bytes, IntPredicate wanted) throws Malformed {
    Bytes block = dataBlock(bytes);
    int at = block.length("HeaderLength", 24, DATA_BLOCK, block.length());
    int count = block.length("NumObjectTypes", 28, 0, (block.length() - at) / OBJECT);
    List<PerformanceObject> objects = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Bytes object = block.inner("PERF_OBJECT_TYPE", at, OBJECT, "TotalByteLength", 0);
      if (wanted.test(object.signed("ObjectNameTitleIndex", 12))) {
        objects.add(object(object));
      }
      at += object.length();
    }
    return new PerformanceBlock(objects);
  }

  /**
   * PERF_DATA_BLOCK (<a
   * href="https://learn.microsoft.com/windows/win32/api/winperf/ns-winperf-perf_data_block">
   * page</a>).
   */
  private static Bytes dataBlock(byte[] bytes) throws Malformed {
    String name = "PERF_DATA_BLOCK";
    // Zero, the flag of big-endian bytes, reads the same either way.
    boolean bigEndian =
        Bytes.of(name, bytes, ByteOrder.LITTLE_ENDIAN).unsigned("LittleEndian", 8) == 0;
    Bytes block =
        Bytes.of(name, bytes, bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
            .inner(name, 0, DATA_BLOCK, "TotalByteLength", 20);
    String signature = block.text("Signature", 0, 8, unicode(bigEndian));
    if (!signature.equals("PERF")) {
      throw block.malformed("Signature is " + Quoted.text(signature) + ", want \"PERF\"");
    }
    return block;
  }

  /**
   * PERF_OBJECT_TYPE (<a
   * href="https://learn.microsoft.com/windows/win32/api/winperf/ns-winperf-perf_object_type">
   * page</a>).
   */
  private static PerformanceObject object(Bytes object) throws Malformed {
    int definitionsEnd = object.length("DefinitionLength", 4, OBJECT, object.length());
    int header = object.length("HeaderLength", 8, OBJECT, definitionsEnd);
    int nameIndex = object.signed("ObjectNameTitleIndex", 12);
    List<Definition> definitions = definitions(object, header, definitionsEnd);
    int instances = object.signed("NumInstances", 40);
    if (instances == -1) { // PERF_NO_INSTANCES: the object cannot have any
      counterBlock(object, definitionsEnd);
      return new PerformanceObject(
          nameIndex, List.of(new Instance("", counters(object, definitionsEnd, definitions))));
    }
    int room = (object.length() - definitionsEnd) / (INSTANCE + COUNTER_BLOCK);
    object.length("NumInstances", 40, 0, room);
    // Definitions may share bytes, but more values than bytes cannot be true, and would
    // take memory in the square of the bytes.
    if ((long) instances * definitions.size() > object.length()) {
      throw object.malformed(
          "NumInstances is %d with %d counters each, too many for %d bytes"
              .formatted(instances, definitions.size(), object.length()));
    }
    return new PerformanceObject(
        nameIndex, instances(object, definitionsEnd, instances, definitions));
  }

  /**
   * PERF_COUNTER_DEFINITION (<a
   * href="https://learn.microsoft.com/windows/win32/api/winperf/ns-winperf-perf_counter_definition">
   * page</a>).
   */
  private static List<Definition> definitions(Bytes object, int header, int end) throws Malformed {
    int count = object.length("NumCounters", 32, 0, (end - header) / COUNTER);
    Bytes within = object.first(end);
    List<Definition> definitions = new ArrayList<>(count);
    int at = header;
    for (int i = 0; i < count; i++) {
      Bytes counter = within.inner("PERF_COUNTER_DEFINITION", at, COUNTER, "ByteLength", 0);
      Definition definition =
          new Definition(
              counter.signed("CounterNameTitleIndex", 4),
              counter.signed("CounterType", 28),
              counter.unsigned("CounterSize", 32),
              counter.unsigned("CounterOffset", 36));
      if (definition.isNumber()) {
        definitions.add(definition);
      }
      at += counter.length();
    }
    return definitions;
  }

  /**
   * PERF_INSTANCE_DEFINITION (<a
   * href="https://learn.microsoft.com/windows/win32/api/winperf/ns-winperf-perf_instance_definition">
   * page</a>), each followed by its counter block.
   */
  private static List<Instance> instances(
      Bytes object, int first, int count, List<Definition> definitions) throws Malformed {
    Charset charset = charset(object);
    List<Instance> instances = new ArrayList<>(count);
    int at = first;
    for (int i = 0; i < count; i++) {
      Bytes instance = object.inner("PERF_INSTANCE_DEFINITION", at, INSTANCE, "ByteLength", 0);
      int nameLength = instance.length("NameLength", 20, 0, instance.length());
      int nameOffset = instance.length("NameOffset", 16, 0, instance.length() - nameLength);
      String name = instance.text("Name", nameOffset, nameLength, charset);
      int counters = at + instance.length();
      instances.add(new Instance(name, counters(object, counters, definitions)));
      at = counters + counterBlock(object, counters).length();
    }
    return instances;
  }

  /**
   * PERF_COUNTER_BLOCK (<a
   * href="https://learn.microsoft.com/windows/win32/api/winperf/ns-winperf-perf_counter_block">
   * page</a>).
   */
  private static Bytes counterBlock(Bytes object, int at) throws Malformed {
    return object.inner("PERF_COUNTER_BLOCK", at, COUNTER_BLOCK, "ByteLength", 0);
  }

  /**
   * The counters may lie behind the length of their block, up to the end of the object, which is
   * what readers on Windows check: the instance {@code _Total} of Processor on XP SP3 declares 64
   * bytes and has 120.
   */
  private static List<Counter> counters(Bytes object, int at, List<Definition> definitions)
      throws Malformed {
    Bytes block = object.from("PERF_COUNTER_BLOCK", at);
    List<Counter> counters = new ArrayList<>(definitions.size());
    for (Definition definition : definitions) {
      counters.add(definition.in(block));
    }
    return counters;
  }

  /** The encoding of an object's instance names: UTF-16, or an older code page. */
  private static Charset charset(Bytes object) throws Malformed {
    long codePage = object.unsigned("CodePage", 44);
    if (codePage == 0 || codePage == UTF_16_CODE_PAGE) {
      return unicode(object.isBigEndian());
    }
    String name = "cp" + codePage;
    if (!Charset.isSupported(name)) {
      throw object.malformed("CodePage is " + codePage + ", which this Java does not know");
    }
    return Charset.forName(name);
  }

  private static Charset unicode(boolean bigEndian) {
    return bigEndian ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
  }

  /** The place and type of a counter in the counter block of each instance. */
  private record Definition(int nameIndex, int type, long size, long offset) {
    private static final int SIZE_MASK = 0x300;
    private static final int SIZE_ZERO = 0x200;

    /** Texts and counters without data carry PERF_SIZE_VARIABLE_LEN and PERF_SIZE_ZERO. */
    boolean isNumber() {
      return (type & SIZE_MASK) < SIZE_ZERO && (size == Integer.BYTES || size == Long.BYTES);
    }

    Counter in(Bytes block) throws Malformed {
      if (offset < COUNTER_BLOCK || offset > block.length() - size) {
        throw block.malformed(
            "CounterOffset of counter %d is %d, but its %d bytes must lie between %d and %d"
                .formatted(nameIndex, offset, size, COUNTER_BLOCK, block.length()));
      }
      int at = (int) offset;
      return new Counter(
          nameIndex,
          type,
          size == Integer.BYTES ? block.unsigned("Counter", at) : block.wide("Counter", at));
    }
  }

  /**
   * @param nameIndex into the table of names
   * @param instances one without a name for an object that cannot have instances; none for an
   *     object that can and at the moment has none
   */
  public record PerformanceObject(int nameIndex, List<Instance> instances) {
    public PerformanceObject {
      instances = List.copyOf(instances);
    }
  }

  /**
   * @param name empty for an object that cannot have instances
   * @param counters those of 4 or 8 bytes, in the order of their definitions; texts and counters
   *     without data are left out
   */
  public record Instance(String name, List<Counter> counters) {
    public Instance {
      counters = List.copyOf(counters);
    }
  }

  /**
   * @param nameIndex into the table of names
   * @param type the PERF_ constant of winperf.h (<a
   *     href="https://learn.microsoft.com/windows/win32/perfctrs/calculating-counter-values">
   *     page</a>)
   * @param value the raw value, unsigned
   */
  public record Counter(int nameIndex, int type, long value) {}
}
