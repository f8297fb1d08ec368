package dev.imfexporter.fleet;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.collector.NotApplicable;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.watch.HostWatcher;
import dev.imfexporter.watch.fact.FactStore;
import dev.imfexporter.watch.poll.CallThreads;
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
    HostConfig config, HostAccess access, FactStore facts, HostWatcher watcher)
    implements AutoCloseable {
  private static final long CLOSE_TIMEOUT_MILLIS = 1_000;
  private static final int CLOSE_THREADS = 16;

  /** Reads the events of the last 24 hours from all logs; none if events are not read. Blocks. */
  public List<LoggedEvent> eventsOfLastDay() throws AccessException, NotApplicable {
    return HostPlan.eventsOfLastDay(config, access);
  }

  @Override
  public void close() {
    close(List.of(this));
  }

  /**
   * Closes all of them side by side, within about a second; a connection that cannot be closed in
   * that time is left to the end of the process.
   */
  static void close(Collection<WatchedHost> hosts) {
    hosts.forEach(host -> host.watcher().close());
    ExecutorService threads = CallThreads.atMost(CLOSE_THREADS);
    CompletableFuture.allOf(
            hosts.stream()
                .map(host -> CompletableFuture.runAsync(host.access()::close, threads))
                .toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
        .exceptionally(failed -> null)
        .join();
    threads.shutdown();
    hosts.forEach(host -> host.facts().close());
  }
}
