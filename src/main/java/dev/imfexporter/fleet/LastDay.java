package dev.imfexporter.fleet;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.diagnosis.DayEvents;
import dev.imfexporter.watch.poll.CallThreads;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The events of a host's last 24 hours, read on request. One reading is under way at most: a call
 * may hang for ever, and is not made again then. What was read is not kept. Thread-safe.
 */
final class LastDay {
  private static final long TIMEOUT_MILLIS = 20_000;

  private final HostConfig config;
  private final HostAccess access;
  private final ExecutorService thread = CallThreads.atMost(1);

  /** Guarded by this. */
  private @Nullable Future<DayEvents.Read> reading;

  LastDay(HostConfig config, HostAccess access) {
    this.config = config;
    this.access = access;
  }

  /**
   * Reads them anew, or waits for a reading that is under way; for a while at most. If they cannot
   * be read, the snapshot has the reason, as the result of the collector of events.
   */
  DayEvents events() {
    try {
      return reading().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return new DayEvents.Unreadable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new DayEvents.Unreadable();
    }
  }

  private synchronized Future<DayEvents.Read> reading() {
    Future<DayEvents.Read> now = reading;
    if (now == null) {
      now = thread.submit(this::read);
      reading = now;
    }
    return now;
  }

  private DayEvents.Read read() throws AccessException {
    long began = System.nanoTime();
    try {
      return HostPlan.eventsOfLastDay(
          config,
          access,
          () -> System.nanoTime() - began < TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS));
    } finally {
      ended();
    }
  }

  private synchronized void ended() {
    reading = null;
  }
}
