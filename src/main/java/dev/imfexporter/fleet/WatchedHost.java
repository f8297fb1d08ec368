package dev.imfexporter.fleet;

import dev.imfexporter.access.HostAccess;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.diagnosis.DayEvents;
import dev.imfexporter.diagnosis.FreshReading;
import dev.imfexporter.watch.HostWatcher;
import dev.imfexporter.watch.fact.FactStore;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.poll.CallThreads;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A host with what watches it.
 *
 * @param facts what is kept of it
 * @param watcher uses the access and the facts
 */
public record WatchedHost(
    HostConfig config, HostAccess access, FactStore facts, HostWatcher watcher, LastDay lastDay)
    implements AutoCloseable {
  private static final long CLOSE_TIMEOUT_MILLIS = 1_000;
  private static final int CLOSE_THREADS = 16;

  WatchedHost(HostConfig config, HostAccess access, FactStore facts, HostWatcher watcher) {
    this(config, access, facts, watcher, new LastDay(config, access));
  }

  /**
   * Adds the events of its last 24 hours to a snapshot that was just taken. A host of which neither
   * the services nor the logs could be read is not asked for them. Blocks, for a while at most.
   */
  public FreshReading readNow(HostSnapshot snapshot, Instant now) {
    boolean readable = snapshot.up() || snapshot.collected().value(CollectorKey.EVENTS).isPresent();
    DayEvents events = readable ? lastDay.events() : new DayEvents.Unreadable();
    return new FreshReading(snapshot, events, now);
  }

  @Override
  public void close() {
    close(List.of(this));
  }

  /**
   * Closes all of them side by side, within about a second: of a host that does not answer, the
   * subscriptions alone take a part of that. What cannot be closed in that time is left to its
   * thread, or to the end of the process. Their facts take nothing any more when this returns.
   */
  static void close(Collection<WatchedHost> hosts) {
    ExecutorService threads = CallThreads.atMost(CLOSE_THREADS);
    CompletableFuture.allOf(
            hosts.stream()
                .map(host -> CompletableFuture.runAsync(host::stop, threads))
                .toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
        .exceptionally(failed -> null)
        .join();
    threads.shutdown();
    hosts.forEach(host -> host.facts().close());
  }

  private void stop() {
    try {
      watcher.close();
    } finally {
      access.close();
    }
  }
}
