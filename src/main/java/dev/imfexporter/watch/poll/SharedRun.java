package dev.imfexporter.watch.poll;

import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Result;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.watch.clock.Moment;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A run of a collector, whose end several callers wait for. Thread-safe.
 *
 * @param waiters the callers whose deadline has not passed. They are no dependents of the end,
 *     which would keep each until the run ends, and that may be never.
 */
record SharedRun<T>(
    Moment since,
    CompletableFuture<Timed<T>> end,
    Map<Object, CompletableFuture<Timed<T>>> waiters) {

  SharedRun(Moment since) {
    this(since, new CompletableFuture<>(), new ConcurrentHashMap<>());
  }

  /** Returns what the run is for those who do not wait for its end longer than until then. */
  Timed<T> late(CollectorKey<T> key, Moment until) {
    Duration took = until.since(since);
    String why =
        "The host has not answered within %.1f s; the call is left to finish and not made again"
            + " until then";
    return new Timed<>(
        key,
        new Result.Failed<>(why.formatted(took.toMillis() / 1000.0), ErrorReason.TIMEOUT),
        until.wall(),
        took);
  }

  /**
   * Returns the end of the run.
   *
   * @param late what it is if the run has not ended in the time that is left
   */
  CompletableFuture<Timed<T>> await(Timed<T> late, Duration left) {
    CompletableFuture<Timed<T>> waiter = new CompletableFuture<>();
    Object ticket = new Object();
    waiters.put(ticket, waiter);
    CompletableFuture<Timed<T>> answered =
        waiter
            .completeOnTimeout(late, left.toNanos(), TimeUnit.NANOSECONDS)
            .whenComplete((result, failure) -> waiters.remove(ticket));
    if (end.isDone()) {
      waiter.complete(end.join());
    }
    return answered;
  }

  void complete(Timed<T> result) {
    end.complete(result);
    waiters.values().forEach(waiter -> waiter.complete(result));
  }
}
