package dev.imfexporter.access.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.imfexporter.access.AccessException.Malformed;
import dev.imfexporter.access.format.PerformanceBlock.Counter;
import dev.imfexporter.access.format.PerformanceBlock.Instance;
import dev.imfexporter.access.format.PerformanceBlock.PerformanceObject;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PerformanceBlockTest {
  private static final int RAWCOUNT = 0x10000;
  private static final int LARGE_RAWCOUNT = 0x10100;
  private static final int TEXT = 0xB00;
  private static final int NODATA = 0x40000200;
  private static final int SMTP = 4002;

  // Where the structures of exchange2003() begin.
  private static final int OBJECT = 96;
  private static final int FIRST_INSTANCE = 320;

  @Test
  void readsA32BitProvider() throws Malformed {
    assertThat(PerformanceBlock.parse(exchange2003()).objects())
        .containsExactly(
            new PerformanceObject(
                SMTP,
                List.of(
                    new Instance("_Total", counters(7, 4_294_967_295L, 1L << 40)),
                    new Instance("SMTP 1", counters(5, 12, -1)))));
  }

  @Test
  void readsA64BitProviderAndTheObjectsAroundIt() throws Malformed {
    assertThat(PerformanceBlock.parse(server2022()).objects())
        .containsExactly(
            new PerformanceObject(
                2, List.of(new Instance("", List.of(new Counter(10, LARGE_RAWCOUNT, 1L << 33))))),
            new PerformanceObject(
                SMTP,
                List.of(
                    new Instance(
                        "SMTP 1",
                        List.of(
                            new Counter(4004, RAWCOUNT, 3),
                            new Counter(4006, LARGE_RAWCOUNT, 9_000_000_000L))))),
            new PerformanceObject(4100, List.of()));
  }

  @Test
  void readsBigEndianBytes() throws Malformed {
    assertThat(PerformanceBlock.parse(server2022(ByteOrder.BIG_ENDIAN)))
        .isEqualTo(PerformanceBlock.parse(server2022()));
  }

  @Test
  void readsAnAnswerWithoutObjects() throws Malformed {
    assertThat(PerformanceBlock.parse(empty()).objects()).isEmpty();
  }

  @Test
  void ignoresWhatTheBufferHoldsAfterTheBlock() throws Malformed {
    byte[] bytes = exchange2003();
    assertThat(PerformanceBlock.parse(Arrays.copyOf(bytes, bytes.length + 1000)))
        .isEqualTo(PerformanceBlock.parse(bytes));
  }

  @Test
  void readsNamesInACodePage() throws Malformed {
    byte[] bytes = exchange2003();
    put(bytes, OBJECT + 44, 1252);
    put(bytes, FIRST_INSTANCE + 20, 3);
    bytes[FIRST_INSTANCE + 24] = 'M';
    bytes[FIRST_INSTANCE + 25] = (byte) 0xFC;
    bytes[FIRST_INSTANCE + 26] = 'n';
    assertThat(PerformanceBlock.parse(bytes).objects().get(0).instances().get(0).name())
        .isEqualTo("Mün");
  }

  /** An answer of XP SP3 whose last counter block is longer than its length field. */
  @Test
  void readsCountersUpToTheEndOfTheObject() throws Exception {
    byte[] bytes;
    try (InputStream file = getClass().getResourceAsStream("processor-xp-sp3.bin")) {
      bytes = Objects.requireNonNull(file).readAllBytes();
    }

    List<Instance> instances = PerformanceBlock.parse(bytes).objects().get(0).instances();

    assertThat(instances).extracting(Instance::name).containsExactly("0", "_Total");
    assertThat(instances).allSatisfy(read -> assertThat(read.counters()).hasSize(15));
    // There is one processor, so its values are the totals.
    assertThat(instances.get(1).counters()).isEqualTo(instances.get(0).counters());
  }

  @Test
  void findsAnObjectBesideAMalformedOne() throws Malformed {
    byte[] bytes = server2022();
    put(bytes, 104 + 4, 63); // DefinitionLength of the first object
    assertThatExceptionOfType(Malformed.class).isThrownBy(() -> PerformanceBlock.object(bytes, 2));

    assertThat(PerformanceBlock.object(bytes, SMTP))
        .contains(PerformanceBlock.parse(server2022()).objects().get(1));
    assertThat(PerformanceBlock.object(bytes, 4100)).isPresent();
    assertThat(PerformanceBlock.object(bytes, 4999)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0                  | 5242960 | PERF_DATA_BLOCK at byte 0: Signature is "PPRF", want "PERF"
          8                  | 0    | PERF_DATA_BLOCK at byte 0: TotalByteLength is 3288399872, want 88 to 452
          20                 | 0    | PERF_DATA_BLOCK at byte 0: TotalByteLength is 0, want 88 to 452
          20                 | -1   | PERF_DATA_BLOCK at byte 0: TotalByteLength is 4294967295, want 88 to 452
          24                 | 87   | PERF_DATA_BLOCK at byte 0: HeaderLength is 87, want 88 to 452
          28                 | 1000 | PERF_DATA_BLOCK at byte 0: NumObjectTypes is 1000, want 0 to 5
          28                 | 2    | PERF_OBJECT_TYPE at byte 452: 0 bytes are left, want at least 64
          96                 | 0    | PERF_OBJECT_TYPE at byte 96: TotalByteLength is 0, want 64 to 356
          100                | 63   | PERF_OBJECT_TYPE at byte 96: DefinitionLength is 63, want 64 to 356
          104                | -8   | PERF_OBJECT_TYPE at byte 96: HeaderLength is 4294967288, want 64 to 224
          128                | 5    | PERF_OBJECT_TYPE at byte 96: NumCounters is 5, want 0 to 4
          136                | -2   | PERF_OBJECT_TYPE at byte 96: NumInstances is 4294967294, want 0 to 4
          136                | 3    | PERF_INSTANCE_DEFINITION at byte 452: 0 bytes are left, want at least 24
          140                | 77   | PERF_OBJECT_TYPE at byte 96: CodePage is 77, which this Java does not know
          160                | 0    | PERF_COUNTER_DEFINITION at byte 160: ByteLength is 0, want 40 to 160
          196                | 89   | PERF_COUNTER_BLOCK at byte 360: CounterOffset of counter 4004 is 89, but its 4 bytes must lie between 4 and 92
          196                | 2    | PERF_COUNTER_BLOCK at byte 360: CounterOffset of counter 4004 is 2, but its 4 bytes must lie between 4 and 92
          196                | -1   | PERF_COUNTER_BLOCK at byte 360: CounterOffset of counter 4004 is 4294967295, but its 4 bytes must lie between 4 and 92
          320                | 0    | PERF_INSTANCE_DEFINITION at byte 320: ByteLength is 0, want 24 to 132
          336                | 27   | PERF_INSTANCE_DEFINITION at byte 320: NameOffset is 27, want 0 to 26
          340                | 41   | PERF_INSTANCE_DEFINITION at byte 320: NameLength is 41, want 0 to 40
          360                | 0    | PERF_COUNTER_BLOCK at byte 360: ByteLength is 0, want 4 to 92
          """)
  void namesStructureFieldValueAndPlace(int offset, int value, String message) {
    byte[] bytes = exchange2003();
    put(bytes, offset, value);
    assertThatExceptionOfType(Malformed.class)
        .isThrownBy(() -> PerformanceBlock.parse(bytes))
        .withMessage(message);
  }

  @Test
  void refusesEveryTruncation() {
    for (byte[] whole : List.of(exchange2003(), server2022())) {
      for (int length = 0; length < whole.length; length++) {
        byte[] cut = Arrays.copyOf(whole, length);
        assertThatExceptionOfType(Malformed.class)
            .as("cut to %d bytes", length)
            .isThrownBy(() -> PerformanceBlock.parse(cut));
        if (length >= 24) {
          put(cut, 20, length);
          assertThatExceptionOfType(Malformed.class)
              .as("cut to %d bytes, and says so", length)
              .isThrownBy(() -> PerformanceBlock.parse(cut));
        }
      }
    }
  }

  @Test
  void refusesMoreValuesThanBytes() {
    int count = 5_000;
    ProviderBytes bytes = new ProviderBytes(ByteOrder.LITTLE_ENDIAN).dataBlock(1, "EXCH01");
    int object = bytes.at();
    bytes.object(SMTP, count, count);
    for (int i = 0; i < count; i++) {
      bytes.counter(i, RAWCOUNT, 4, 4);
    }
    bytes.lengthSince(object, 4);
    for (int i = 0; i < count; i++) {
      bytes.instance("", 8).ints(8, 1);
    }
    bytes.lengthSince(object, 0).lengthSince(0, 20);
    assertThatExceptionOfType(Malformed.class)
        .isThrownBy(() -> PerformanceBlock.parse(bytes.toArray()))
        .withMessage(
            "PERF_OBJECT_TYPE at byte 104: NumInstances is 5000 with 5000 counters each,"
                + " too many for 360064 bytes");
  }

  @ParameterizedTest
  @ValueSource(longs = {2003, 2022})
  void survivesCorruption(long seed) {
    byte[] whole = seed == 2003 ? exchange2003() : server2022();
    Random random = new Random(seed);
    int[] refused = {0};
    int mutations = 20_000;
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          for (int i = 0; i < mutations; i++) {
            byte[] bytes = Corruption.of(whole, random);
            try {
              PerformanceBlock.parse(bytes);
            } catch (Malformed e) {
              refused[0]++;
            }
          }
        });
    assertThat(refused[0]).isBetween(mutations / 10, mutations - 1);
  }

  /**
   * As Server 2003 sends it: 32-bit, aligned to 4 bytes at most, wide counters wherever they fall,
   * a name without NUL, a text counter and one without data.
   */
  private static byte[] exchange2003() {
    ProviderBytes bytes = new ProviderBytes(ByteOrder.LITTLE_ENDIAN).dataBlock(1, "EX");
    int object = bytes.at();
    bytes
        .object(SMTP, 4, 2)
        .counter(4004, RAWCOUNT, 4, 4 + 4)
        .counter(4006, TEXT, 2, 20)
        .counter(4008, RAWCOUNT, 4, 4)
        .counter(4010, LARGE_RAWCOUNT, 8, 12)
        .lengthSince(object, 4);
    bytes.instance("_Total\0", 4).ints(28, -1, 7).wide(1L << 40).zeros(8);
    bytes.instance("SMTP 1", 4).ints(28, 12, 5).wide(-1).zeros(8);
    return bytes.lengthSince(object, 0).lengthSince(0, 20).toArray();
  }

  private static List<Counter> counters(long first, long second, long third) {
    return List.of(
        new Counter(4004, RAWCOUNT, first),
        new Counter(4008, RAWCOUNT, second),
        new Counter(4010, LARGE_RAWCOUNT, third));
  }

  private static byte[] server2022() {
    return server2022(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * As Server 2022 sends it: 64-bit, aligned to 8 bytes, one object without instances before and
   * one with none at the moment behind, and headers that have grown.
   */
  private static byte[] server2022(ByteOrder order) {
    ProviderBytes bytes = new ProviderBytes(order).dataBlock(3, "RELAY01");
    int system = bytes.at();
    bytes.object(2, 2, -1).counter(10, LARGE_RAWCOUNT, 8, 8).counter(12, NODATA, 0, 0);
    bytes.lengthSince(system, 4).ints(16, 0).wide(1L << 33).lengthSince(system, 0);

    int smtp = bytes.at();
    bytes.object(SMTP, 2, 1).zeros(16).lengthSince(smtp, 8);
    for (int i = 0; i < 2; i++) {
      int counter = bytes.at();
      int size = 4 + 4 * i;
      bytes.counter(4004 + 2 * i, i == 0 ? RAWCOUNT : LARGE_RAWCOUNT, size, 8 + 8 * i);
      bytes.zeros(8).lengthSince(counter, 0);
    }
    bytes.lengthSince(smtp, 4).instance("SMTP 1\0", 8).ints(24, 0, 3, 0).wide(9_000_000_000L);
    bytes.lengthSince(smtp, 0);

    int idle = bytes.at();
    bytes.object(4100, 1, 0).counter(4102, RAWCOUNT, 4, 4);
    return bytes.lengthSince(idle, 4).lengthSince(idle, 0).lengthSince(0, 20).toArray();
  }

  private static byte[] empty() {
    return new ProviderBytes(ByteOrder.LITTLE_ENDIAN)
        .dataBlock(0, "EX")
        .lengthSince(0, 20)
        .toArray();
  }

  private static void put(byte[] bytes, int offset, int value) {
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(offset, value);
  }
}
