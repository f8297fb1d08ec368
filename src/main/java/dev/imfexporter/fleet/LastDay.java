package dev.imfexporter.fleet;

import dev.imfexporter.access.HostAccess;
import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.watch.poll.CallThreads;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The events of a host's last 24 hours, read on request. One reading is under way at most: a call
 * may hang for ever, and is not made again then. Thread-safe.
 */
final class LastDay {
  private static final long TIMEOUT_MILLIS = 20_000;

  private final HostConfig config;
  private final HostAccess access;
  private final ExecutorService thread = CallThreads.atMost(1);

  /** Guarded by this. */
  private @Nullable Future<List<LoggedEvent>> reading;

  LastDay(HostConfig config, HostAccess access) {
    this.config = config;
    this.access = access;
  }

  /**
   * Reads them anew, or waits for a reading that is under way; for a while at most. Empty if they
   * cannot be read: the snapshot has the reason, as the result of the collector of events.
   */
  Optional<List<LoggedEvent>> events() {
    try {
      return Optional.of(reading().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private synchronized Future<List<LoggedEvent>> reading() {
    Future<List<LoggedEvent>> now = reading;
    if (now == null || now.isDone()) {
      now = thread.submit(() -> HostPlan.eventsOfLastDay(config, access));
      reading = now;
    }
    return now;
  }
}
