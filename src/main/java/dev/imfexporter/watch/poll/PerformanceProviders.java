package dev.imfexporter.watch.poll;

import dev.imfexporter.access.PerformanceData;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.watch.clock.Moment;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the provider DLLs are unloaded that queries of performance data load into this
 * process. They stay loaded while SMTPSVC runs and is asked regularly: each load of a broken one
 * may write an event of Perflib. They are unloaded when the process of SMTPSVC that they read from
 * is gone, while an update may replace their files, and when no query needs them. Thread-safe.
 */
public final class PerformanceProviders {
  /** Without a query for this long, they are unloaded. */
  static final Duration IDLE = Duration.ofMinutes(5);

  /** After an installer began, they are unloaded at the end of every query for this long. */
  static final Duration UPDATE = Duration.ofMinutes(30);

  /** The collectors that query performance data. */
  private static final Set<CollectorKey<?>> QUERYING =
      Set.of(CollectorKey.SMTP, CollectorKey.FILTER);

  private final PerformanceData data;
  private final Executor calls;

  // Guarded by this.
  private @Nullable Moment queried;
  private @Nullable Moment updateBegun;

  /** Of the process that the providers read from; empty while SMTPSVC does not run. */
  private Optional<Long> processId = Optional.empty();

  /**
   * @param calls runs calls that may block for ever
   */
  public PerformanceProviders(PerformanceData data, Executor calls) {
    this.data = data;
    this.calls = calls;
  }

  /**
   * Takes the newest status of SMTPSVC.
   *
   * @param status empty if it is not installed or was not polled
   */
  public synchronized void smtp(Optional<ServiceStatus> status) {
    Optional<Long> before = processId;
    processId = status.filter(s -> s.state() == ServiceState.RUNNING).map(ServiceStatus::processId);
    if (before.isPresent() && !before.equals(processId)) {
      release();
    }
  }

  /** Takes into account that an installer began. */
  public synchronized void updateBegun(Moment now) {
    updateBegun = now;
    release();
  }

  /** Takes into account that a collector ended, with or without success. */
  public synchronized void ended(CollectorKey<?> collector, Moment now) {
    if (!QUERYING.contains(collector)) {
      return;
    }
    queried = now;
    Moment update = updateBegun;
    if (processId.isEmpty() || (update != null && now.since(update).compareTo(UPDATE) < 0)) {
      release();
    }
  }

  /** Unloads them if no collector has queried for {@link #IDLE}. */
  public synchronized void releaseIfIdle(Moment now) {
    Moment last = queried;
    if (last != null && now.since(last).compareTo(IDLE) >= 0) {
      release();
    }
  }

  private void release() {
    queried = null;
    calls.execute(data::release);
  }
}
