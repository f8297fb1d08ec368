package dev.imfexporter.fleet;

import dev.imfexporter.diagnosis.FreshReading;
import dev.imfexporter.http.Unavailable;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.clock.TimeSource;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.ObservedHost;
import dev.imfexporter.watch.poll.CallThreads;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads hosts on request, for diagnoses and archives, on threads of its own. Requests for one host
 * share what is under way. Thread-safe.
 */
final class FreshReadings {
  /** Half of what a command waits for an exporter. */
  static final Duration DEADLINE = Duration.ofSeconds(30);

  /** Readings under way, with those that wait for a thread. */
  static final int MOST = 20;

  private static final Duration READING = Duration.ofSeconds(20);
  private static final int MOST_AT_ONCE = 4;

  private final TimeSource time;
  private final Duration deadline;
  private final Executor threads = CallThreads.atMost(MOST_AT_ONCE);

  /** Guarded by this. */
  private final Map<ObservedHost, CompletableFuture<FreshReading>> running = new HashMap<>();

  /**
   * @param deadline of an answer; the reading goes on after it
   */
  FreshReadings(TimeSource time, Duration deadline) {
    this.time = time;
    this.deadline = deadline;
  }

  /**
   * @return fails with {@link Unavailable} at the deadline, or when too many others are under way
   */
  CompletableFuture<FreshReading> of(FleetHost host) {
    CompletableFuture<FreshReading> own = new CompletableFuture<>();
    CompletableFuture<FreshReading> shared = enter(host.observed(), own);
    if (shared == own) {
      start(host, own);
    }
    return shared
        .copy()
        .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedFuture(
                    failure instanceof TimeoutException ? late(host.observed()) : failure));
  }

  /** What is under way for the host: the given one if nothing was. */
  private synchronized CompletableFuture<FreshReading> enter(
      ObservedHost host, CompletableFuture<FreshReading> own) {
    CompletableFuture<FreshReading> other = running.get(host);
    if (other != null) {
      return other;
    }
    if (running.size() >= MOST) {
      return CompletableFuture.failedFuture(
          new Unavailable(
              "%d other hosts are being read; ask again in %s."
                  .formatted(running.size(), TimeWords.duration(deadline))));
    }
    running.put(host, own);
    return own;
  }

  private void start(FleetHost host, CompletableFuture<FreshReading> own) {
    var unused =
        read(host.observed())
            .thenApplyAsync(snapshot -> host.readNow(snapshot, time.now().wall()), threads)
            .whenComplete(
                (reading, failure) -> {
                  leave(host.observed());
                  if (failure == null) {
                    own.complete(reading);
                  } else {
                    own.completeExceptionally(failure);
                  }
                });
  }

  /** A defect that throws at once is a failure like a later one, and leaves no entry either. */
  private static CompletableFuture<HostSnapshot> read(ObservedHost host) {
    try {
      return host.scrape(READING);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private synchronized void leave(ObservedHost host) {
    running.remove(host);
  }

  private Unavailable late(ObservedHost host) {
    return new Unavailable(
        "%s was not read within %s; its page has what was last read of it."
            .formatted(host.name(), TimeWords.duration(deadline)));
  }
}
