package dev.imfexporter.bench;

import dev.imfexporter.exposition.Build;
import dev.imfexporter.exposition.Exposition;
import dev.imfexporter.exposition.Format;
import dev.imfexporter.exposition.Rendered;
import dev.imfexporter.exposition.SelfMetrics;
import dev.imfexporter.watch.model.HostSnapshot;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** From a snapshot to the bytes of a page. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ExpositionBench {
  private final SelfMetrics self = SelfMetrics.start(Build.of("0.0.0"));
  private long second;
  private final Exposition exposition =
      new Exposition(self, () -> Duration.ofSeconds(++second).toNanos());
  private final HostSnapshot one;
  private final HostSnapshot other;
  private boolean turn;

  /** Prometheus asks for OpenMetrics. */
  @Param public Format format = Format.TEXT;

  public ExpositionBench() {
    try (DemoWatch watch = new DemoWatch(self::reading)) {
      one = watch.nextSecond();
      other = watch.nextSecond();
    }
  }

  /** The metrics of the host are known; those of this program are gathered and written. */
  @Benchmark
  public Rendered unchanged() {
    return exposition.page(format, Optional.of(one));
  }

  /** Every metric is written anew. */
  @Benchmark
  public Rendered changed() {
    turn = !turn;
    return exposition.page(format, Optional.of(turn ? one : other));
  }

  @TearDown
  public void close() {
    self.close();
  }
}
