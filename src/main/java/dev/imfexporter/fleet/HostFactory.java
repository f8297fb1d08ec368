package dev.imfexporter.fleet;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.journal.StorageException;
import dev.imfexporter.watch.HostWatcher;
import dev.imfexporter.watch.clock.TimeSource;
import dev.imfexporter.watch.fact.FactStore;
import dev.imfexporter.watch.model.WatchPlan;
import dev.imfexporter.watch.poll.CallThreads;
import dev.imfexporter.watch.poll.CallTimer;
import dev.imfexporter.watch.poll.Scheduler;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Builds watched hosts from their configuration, with the threads that they share. */
public final class HostFactory {
  private static final Logger LOG = System.getLogger(Fleet.class.getName());

  /**
   * Far more than the calls in progress at any moment. When all hosts fall silent at once, each
   * takes about three threads for the few seconds of a timeout; further calls then queue.
   */
  private static final int SHARED_CALLS = 256;

  /**
   * The calls of one host that may block for ever at once: each collector, two watches (the
   * definition's key, the event log), one subscription to service states; and what its
   * notifications lead to.
   */
  private static final int CALLS_OF_ONE_HOST = CollectorKey.all().size() + 4;

  private final History history;
  private final AccessFactory accesses;
  private final TimeSource time;
  private final CallTimer timer;
  private final Executor shared = CallThreads.atMost(SHARED_CALLS);
  private final Scheduler single = Scheduler.system();
  private final Scheduler spread = Scheduler.spread();

  /** Opens the facts of a host. */
  @FunctionalInterface
  interface History {
    FactStore of(HostConfig host) throws StorageException;
  }

  HostFactory(History history, AccessFactory accesses, TimeSource time, CallTimer timer) {
    this.history = history;
    this.accesses = accesses;
    this.time = time;
    this.timer = timer;
  }

  /**
   * Begins to watch a host.
   *
   * @param oneOfMany true to poll it at a random offset within its interval
   * @throws UsageException if this machine cannot reach the host as configured
   * @throws OpenFailed for a defect of this program that its history or configuration shows
   */
  WatchedHost open(HostConfig host, boolean oneOfMany) throws UsageException {
    try {
      return openNow(host, oneOfMany);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      OpenFailed failed = new OpenFailed(host, e);
      LOG.log(Level.ERROR, failed.getMessage(), e);
      throw failed;
    }
  }

  private WatchedHost openNow(HostConfig host, boolean oneOfMany) throws UsageException {
    WatchPlan plan = HostPlan.plan(host);
    HostAccess access = accesses.open(host);
    Scheduler scheduler = oneOfMany ? spread : single;
    Executor calls = calls(host.access());
    return watched(
        host,
        access,
        history,
        facts -> HostWatcher.start(plan, access, facts, calls, scheduler, time, timer));
  }

  /** Closes access and facts again if the watcher cannot be started. */
  static WatchedHost watched(
      HostConfig host, HostAccess access, History history, Function<FactStore, HostWatcher> start)
      throws UsageException {
    FactStore facts = FactStore.none();
    boolean watching = false;
    try {
      facts = history.of(host);
      HostWatcher watcher = start.apply(facts);
      watching = true;
      return new WatchedHost(host, access, facts, watcher);
    } catch (StorageException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    } finally {
      if (!watching) {
        facts.close();
        access.close();
      }
    }
  }

  /** A Win32 call may block for ever; with its own threads, a host takes none from the others. */
  private Executor calls(AccessKind access) {
    return switch (access) {
      case LOCAL, WIN32 -> CallThreads.atMost(CALLS_OF_ONE_HOST);
      case SMB, DEMO -> shared;
    };
  }

  /**
   * A host that is read only when its watcher is asked to.
   *
   * @param earlier what is known of it from earlier runs
   * @throws UsageException if this machine cannot reach the host as configured
   */
  public static WatchedHost onDemand(HostConfig host, FactStore earlier) throws UsageException {
    HostAccess access = new AccessFactory().open(host);
    return watched(
        host,
        access,
        any -> earlier,
        facts ->
            HostWatcher.start(
                HostPlan.plan(host),
                access,
                facts,
                CallThreads.atMost(CALLS_OF_ONE_HOST),
                (interval, task) -> () -> {},
                TimeSource.system(),
                run -> {}));
  }
}
