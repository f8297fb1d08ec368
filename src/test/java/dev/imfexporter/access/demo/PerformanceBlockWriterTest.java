package dev.imfexporter.access.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.AccessException.Malformed;
import dev.imfexporter.access.format.PerformanceBlock;
import dev.imfexporter.access.format.PerformanceBlock.Counter;
import dev.imfexporter.access.format.PerformanceBlock.Instance;
import dev.imfexporter.access.format.PerformanceBlock.PerformanceObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class PerformanceBlockWriterTest {
  @Test
  void theDecoderReadsWhatIsWritten() throws Malformed {
    PerformanceBlock block =
        new PerformanceBlock(
            List.of(
                new PerformanceObject(
                    2, List.of(new Instance("", List.of(new Counter(10, 0x10100, 1L << 40))))),
                new PerformanceObject(
                    5002, List.of(instance("_Total", 1, -1), instance("Zweigstelle", 7, 1 << 20))),
                new PerformanceObject(6000, List.of())));
    assertThat(PerformanceBlock.parse(write(block))).isEqualTo(block);
  }

  @Test
  void theDecoderReadsEveryNumber() throws Malformed {
    PerformanceBlock block =
        new PerformanceBlock(List.of(SmtpCounters.of(new Mail(4, 3e9, 2e9, 1e9, 0, 900, 80, 3))));
    assertThat(PerformanceBlock.parse(write(block))).isEqualTo(block);
  }

  private static Instance instance(String name, long number, long large) {
    return new Instance(
        name, List.of(new Counter(5004, 0x10000, number), new Counter(5006, 0x10100, large)));
  }

  private static byte[] write(PerformanceBlock block) {
    return PerformanceBlockWriter.write(block, "EXCH01");
  }
}
