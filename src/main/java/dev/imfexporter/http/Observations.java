package dev.imfexporter.http;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.imfexporter.watch.HostSnapshot;
import dev.imfexporter.watch.ObservedHost;
import dev.imfexporter.watch.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Observes a host for requests, on few threads however many requests there are, so that a host that
 * hangs never takes the threads that answer everything else. Requests that wait for a thread are
 * answered together, with what the next free thread observes; their wait is part of their deadline.
 */
final class Observations implements AutoCloseable {
  static final int THREADS = 8;

  private record Waiting(Duration due, CompletableFuture<HostSnapshot> snapshot) {}

  private final ObservedHost host;
  private final TimeSource time;
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final ThreadPoolExecutor threads;
  private volatile boolean any;

  Observations(ObservedHost host, TimeSource time) {
    this.host = host;
    this.time = time;
    AtomicInteger started = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "scrape-" + started.incrementAndGet());
              // A call that never returns must not keep the program from ending.
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** Whether the host was observed at least once, whatever came of its readings. */
  boolean any() {
    return any;
  }

  /**
   * What is so now. The future's dependents run on a thread of this object.
   *
   * @throws RejectedExecutionException after {@link #close}, which also ends the futures of those
   *     that it interrupts
   */
  CompletableFuture<HostSnapshot> observe(Duration deadline) {
    Waiting request =
        new Waiting(time.now().ticks().plus(deadline), new CompletableFuture<HostSnapshot>());
    waiting.add(request);
    threads.execute(this::answerThoseWaiting);
    return request.snapshot();
  }

  private void answerThoseWaiting() {
    List<Waiting> together = new ArrayList<>();
    for (Waiting one = waiting.poll(); one != null; one = waiting.poll()) {
      together.add(one);
    }
    if (together.isEmpty()) {
      return;
    }
    try {
      HostSnapshot snapshot = host.observe(untilTheFirstIsDue(together));
      any = true;
      finish(together, request -> request.snapshot().complete(snapshot));
    } catch (Throwable e) {
      Throwable reason = threads.isShutdown() ? new RejectedExecutionException("closing", e) : e;
      finish(together, request -> request.snapshot().completeExceptionally(reason));
    }
  }

  private Duration untilTheFirstIsDue(List<Waiting> together) {
    Duration now = time.now().ticks();
    Duration left =
        together.stream().map(w -> w.due().minus(now)).min(Duration::compareTo).orElseThrow();
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Each on its own, for writing to a slow client takes long; the first here. */
  private void finish(List<Waiting> together, Consumer<Waiting> answer) {
    for (Waiting request : together.subList(1, together.size())) {
      try {
        threads.execute(() -> answer.accept(request));
      } catch (RejectedExecutionException closing) {
        answer.accept(request);
      }
    }
    answer.accept(together.get(0));
  }

  /** Lets requests under way end for a second, then interrupts them. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(1_000, MILLISECONDS)) {
        threads.shutdownNow();
        var unused = threads.awaitTermination(300, MILLISECONDS);
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
