package dev.imfexporter.bench;

import dev.imfexporter.access.AccessException.Malformed;
import dev.imfexporter.access.format.PerformanceBlock;
import dev.imfexporter.access.format.ProviderBytes;
import dev.imfexporter.access.format.TitleTable;
import dev.imfexporter.collector.SmtpCounter;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From the bytes of a host to values: once per reading, and once per change of providers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecoderBench {
  private static final int RAWCOUNT = 0x10000;
  private static final int OBJECT = 5_002;
  private static final List<String> INSTANCES = List.of("_Total", "SMTP 1", "SMTP 2");

  /** About as many as a Windows Server with IIS and Exchange has. */
  private static final int TITLES = 4_000;

  private final byte[] block = block();
  private final byte[] titles = titles();

  /** {@code SMTP Server} of a host with two virtual servers. */
  @Benchmark
  public PerformanceBlock performanceBlock() throws Malformed {
    return PerformanceBlock.parse(block);
  }

  @Benchmark
  public TitleTable titleTable() throws Malformed {
    return TitleTable.parse(titles);
  }

  private static byte[] block() {
    int counters = SmtpCounter.values().length;
    ProviderBytes bytes = new ProviderBytes(ByteOrder.LITTLE_ENDIAN).dataBlock(1, "EXCH01");
    int object = bytes.at();
    bytes.object(OBJECT, counters, INSTANCES.size());
    for (int i = 0; i < counters; i++) {
      bytes.counter(OBJECT + 2 + 2 * i, RAWCOUNT, Integer.BYTES, 8 + Integer.BYTES * i);
    }
    bytes.lengthSince(object, 4);
    for (String instance : INSTANCES) {
      bytes.instance(instance + '\0', 8);
      int values = bytes.at();
      bytes.ints(0, 0);
      for (int i = 0; i < counters; i++) {
        bytes.ints(1_000 * i);
      }
      bytes.zeros(-(bytes.at() - values) & 7).lengthSince(values, 0);
    }
    return bytes.lengthSince(object, 0).lengthSince(0, 20).toArray();
  }

  private static byte[] titles() {
    StringBuilder names = new StringBuilder();
    for (int i = 1; i <= TITLES; i++) {
      names.append(2 * i).append("\0Requests of kind ").append(i).append("/sec\0");
    }
    return names.append('\0').toString().getBytes(StandardCharsets.UTF_16LE);
  }
}
