package dev.imfexporter.bench;

import dev.imfexporter.exposition.Build;
import dev.imfexporter.exposition.Exposition;
import dev.imfexporter.exposition.Format;
import dev.imfexporter.exposition.Rendered;
import dev.imfexporter.exposition.SelfMetrics;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A scrape without HTTP: from the readings of the demo host to the bytes of a page. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ScrapeBench {
  private final SelfMetrics self = SelfMetrics.start(Build.of("0.0.0"));
  private final DemoWatch watch = new DemoWatch(self::reading);
  private long second;
  private final Exposition exposition =
      new Exposition(self, () -> Duration.ofSeconds(++second).toNanos());

  /** Prometheus asks for OpenMetrics. */
  @Param public Format format = Format.TEXT;

  @Setup
  public void countRequests() {
    self.hosts(() -> 1, () -> 0);
    self.request("/metrics", "GET", 200, Duration.ofMillis(1));
  }

  /** Nothing is read and nothing has changed but this program itself. */
  @Benchmark
  public Rendered unchanged() {
    return exposition.page(format, Optional.of(watch.sameSecond()));
  }

  /** Services and counters are read, decoded, entered into the ledgers and rendered. */
  @Benchmark
  public Rendered changed() {
    return exposition.page(format, Optional.of(watch.nextSecond()));
  }

  @TearDown
  public void close() {
    watch.close();
    self.close();
  }
}
