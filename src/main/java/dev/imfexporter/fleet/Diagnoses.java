package dev.imfexporter.fleet;

import dev.imfexporter.diagnosis.Diagnosis;
import dev.imfexporter.watch.clock.TimeSource;
import dev.imfexporter.watch.model.ObservedHost;
import dev.imfexporter.watch.poll.CallThreads;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Diagnoses hosts on request, on threads of its own. Requests for one host share what is under way.
 * Thread-safe.
 */
final class Diagnoses {
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final int MOST_AT_ONCE = 4;

  private final TimeSource time;
  private final Executor threads = CallThreads.atMost(MOST_AT_ONCE);
  private final Map<ObservedHost, CompletableFuture<Diagnosis>> running = new ConcurrentHashMap<>();

  Diagnoses(TimeSource time) {
    this.time = time;
  }

  CompletableFuture<Diagnosis> of(FleetHost host) {
    CompletableFuture<Diagnosis> own = new CompletableFuture<>();
    CompletableFuture<Diagnosis> other = running.putIfAbsent(host.observed(), own);
    if (other != null) {
      return other;
    }
    var unused =
        host.observed()
            .scrape(DEADLINE)
            .thenApplyAsync(snapshot -> host.diagnose(snapshot, time.now().wall()), threads)
            .whenComplete(
                (diagnosis, failure) -> {
                  running.remove(host.observed());
                  if (failure == null) {
                    own.complete(diagnosis);
                  } else {
                    own.completeExceptionally(failure);
                  }
                });
    return own;
  }
}
