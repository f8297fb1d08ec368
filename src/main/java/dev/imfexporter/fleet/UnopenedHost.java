package dev.imfexporter.fleet;

import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Result;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.watch.model.Collected;
import dev.imfexporter.watch.model.Failures;
import dev.imfexporter.watch.model.HostHistory;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.ObservedHost;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** A host that is not open: nothing of it can be read, and each collector says why. */
final class UnopenedHost implements ObservedHost {
  private final HostSnapshot snapshot;

  private UnopenedHost(HostConfig host, String why, Collected collected) {
    snapshot =
        new HostSnapshot(
            host.name(),
            host.access(),
            HostPlan.smtp(host),
            collected,
            HostHistory.unknown(why, HostPlan.limits(host.module().limits())),
            Failures.NONE);
  }

  /** It could not be opened. */
  static UnopenedHost failed(HostConfig host, String why, Instant since) {
    return new UnopenedHost(
        host,
        why,
        Collected.of(
            CollectorKey.all().stream().map(key -> failed(key, why, since)).toList(), since));
  }

  /** It waits to be opened. */
  static UnopenedHost waiting(HostConfig host, Instant since) {
    return new UnopenedHost(
        host,
        "The host was not read yet.",
        Collected.of(CollectorKey.all().stream().map(key -> waiting(key, since)).toList(), since));
  }

  private static <T> Timed<T> failed(CollectorKey<T> key, String why, Instant since) {
    return new Timed<>(key, new Result.Failed<>(why, ErrorReason.OTHER), since, Duration.ZERO);
  }

  private static <T> Timed<T> waiting(CollectorKey<T> key, Instant since) {
    return new Timed<>(key, new Result.NotReadYet<>(), since, Duration.ZERO);
  }

  @Override
  public String name() {
    return snapshot.name();
  }

  @Override
  public CompletableFuture<HostSnapshot> scrape(Duration deadline) {
    return CompletableFuture.completedFuture(snapshot);
  }

  @Override
  public HostSnapshot lastSnapshot() {
    return snapshot;
  }
}
