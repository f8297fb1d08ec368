package dev.imfexporter.watch;

import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.WellKnownServices;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.clock.TimeSource;
import dev.imfexporter.watch.fact.FactStore;
import dev.imfexporter.watch.model.Collected;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.ObservedHost;
import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.model.WatchPlan;
import dev.imfexporter.watch.poll.CallTimer;
import dev.imfexporter.watch.poll.Changes;
import dev.imfexporter.watch.poll.Collectors;
import dev.imfexporter.watch.poll.FailureLog;
import dev.imfexporter.watch.poll.InOrder;
import dev.imfexporter.watch.poll.Known;
import dev.imfexporter.watch.poll.Notifications;
import dev.imfexporter.watch.poll.PerformanceProviders;
import dev.imfexporter.watch.poll.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Watches one host: runs its collectors, subscribes to its notifications, and steps its {@link
 * HostState} with what both bring, in the order in which it came. Thread-safe.
 */
public final class HostWatcher implements ObservedHost, AutoCloseable {
  private final WatchPlan plan;
  private final HostAccess access;
  private final Executor calls;
  private final Scheduler scheduler;
  private final TimeSource time;
  private final CallTimer timer;
  private final FailureLog failures = new FailureLog();
  private final Collectors collectors;
  private final Changes changes;
  private final Notifications notifications;
  private final InOrder notified;
  private final PerformanceProviders providers;
  private final Observations observations;
  private final TroubleComparison comparison = new TroubleComparison();
  private final FactStore store;
  private final HostState state;
  private final Object stateLock = new Object();
  private final AtomicBoolean ticked = new AtomicBoolean();
  private volatile boolean closed;

  // Guarded by this.
  private @Nullable HostSnapshot newest;
  private long newestRevision;

  private HostWatcher(
      WatchPlan plan,
      HostAccess access,
      FactStore store,
      Executor calls,
      Scheduler scheduler,
      TimeSource time,
      CallTimer timer) {
    this.plan = plan;
    this.access = access;
    this.calls = calls;
    this.scheduler = scheduler;
    this.time = time;
    this.timer = timer;
    this.store = store;
    state = HostState.replay(StateSettings.of(plan), store.recovered(), time.now());
    store.summary(() -> locked(HostState::summary));
    collectors =
        new Collectors(
            plan,
            access,
            calls,
            time,
            log -> locked(s -> s.cursor(log)),
            new KnownNow(),
            this::collectorEnded);
    changes = new Changes(access, collectors);
    providers = new PerformanceProviders(access.performanceData(), calls);
    notified = new InOrder(calls);
    notifications = new Notifications(access.services(), calls, time, this::notified);
    observations = new Observations(plan.pace().timeout(), access.kind(), this::isFreshlyNotified);
  }

  /**
   * Begins to watch. The host is not asked before the first tick of the scheduler, which spreads
   * hosts that are many.
   *
   * @param access is the caller's to close, after this
   * @param store is the caller's to close, after this
   * @param calls runs calls that may block for ever; its threads must not keep the program alive
   */
  public static HostWatcher start(
      WatchPlan plan,
      HostAccess access,
      FactStore store,
      Executor calls,
      Scheduler scheduler,
      TimeSource time,
      CallTimer timer) {
    HostWatcher watcher = new HostWatcher(plan, access, store, calls, scheduler, time, timer);
    watcher.changes.keep(scheduler.every(plan.pace().pollInterval(), watcher::tick));
    return watcher;
  }

  @Override
  public String name() {
    return plan.host();
  }

  @Override
  public CompletableFuture<HostSnapshot> scrape(Duration deadline) {
    return collectors.scrape(time.now().plus(deadline)).thenApply(this::snapshot);
  }

  @Override
  public HostSnapshot lastSnapshot() {
    return snapshot(collectors.latest());
  }

  /** How many calls have taken longer than the timeout and have not returned. */
  public int stuck() {
    return collectors.stuck();
  }

  /** Whether the event logs hold more that has not been read. */
  public boolean catchingUp() {
    return locked(HostState::isCatchingUp);
  }

  @Override
  public void close() {
    closed = true;
    collectors.close();
    changes.close();
    notifications.close();
  }

  private <T> T locked(Function<HostState, T> of) {
    synchronized (stateLock) {
      return of.apply(state);
    }
  }

  /** All changes of the state pass here: facts reach the store in the order of the steps. */
  private Step step(Observation observation) {
    synchronized (stateLock) {
      Step step = state.step(observation);
      store.keep(step.facts());
      return step;
    }
  }

  private void tick() {
    if (!ticked.getAndSet(true)) {
      watchChanges();
    }
    step(new Observation.Tick(time.now()));
    comparison.due(time.now(), this::lastSnapshot).ifPresent(this::step);
    notifications.subscribe(locked(s -> s.services().installed()));
    collectors.poll();
    providers.releaseIfIdle(time.now());
  }

  private void watchChanges() {
    if (plan.has(CollectorKey.DEFINITION)) {
      calls.execute(changes::watchDefinitionKey);
    }
    if (plan.has(CollectorKey.EVENTS)) {
      calls.execute(changes::watchEventLog);
    }
  }

  /** What the collectors are run by. */
  private final class KnownNow implements Known {
    @Override
    public boolean servicesRead() {
      return locked(s -> s.services().isPolled());
    }

    @Override
    public Optional<ServiceState> smtp() {
      return locked(s -> s.services().status(WellKnownServices.SMTP).map(ServiceStatus::state));
    }

    @Override
    public boolean allNotified() {
      List<String> installed = locked(HostWatcher::ifUndisputed);
      return !installed.isEmpty() && notifications.areNotified(installed);
    }

    @Override
    public boolean outageAwaitsEvents() {
      return locked(s -> s.services().awaitsEvents());
    }

    @Override
    public boolean iisAdminPending() {
      return locked(s -> s.services().isIisAdminPending());
    }

    @Override
    public boolean stoodStill(Moment since, Moment now) {
      return scheduler.stoodStill(since, now);
    }
  }

  /** The installed services; none if they cannot be read, or a poll contradicts a notification. */
  private static List<String> ifUndisputed(HostState state) {
    ServicesNow services = state.services();
    return state.isReadable() && !services.isInDoubt() ? services.installed() : List.of();
  }

  /**
   * Only notes the time, because the next notification waits for the caller's thread. One that was
   * queued while the program stood still has no time: polls and events decide.
   */
  private void notified(String service, ServiceStatus status) {
    Moment now = time.now();
    if (scheduler.stoodStill(now)) {
      collectors.refresh(CollectorKey.SERVICES);
      collectors.refresh(CollectorKey.EVENTS);
    } else {
      notified.execute(() -> follow(step(new Observation.Notified(service, status, now))));
    }
  }

  /** False also after the program stood still: a poll then need not wait for a notification. */
  private boolean isFreshlyNotified(String service) {
    return notifications.isNotified(service) && !scheduler.stoodStill(time.now());
  }

  /** Makes the requests of a step. */
  private void follow(Step step) {
    if (step.updateBegun()) {
      providers.updateBegun(time.now());
    }
    providers.smtp(locked(s -> s.services().status(WellKnownServices.SMTP)));
    step.unreliable().forEach(notifications::markUnreliable);
    if (step.changed()) {
      collectors.servicesChanged();
    }
    if (step.changed() || step.readEvents()) {
      collectors.refresh(CollectorKey.EVENTS);
    }
    if (step.readStartModes()) {
      collectors.refreshAnew(CollectorKey.SERVICES);
    }
  }

  private void collectorEnded(Timed<?> run, Moment asked, Moment ended) {
    if (closed) {
      // Its access is closed under it, so it fails, and that is no failure of the host.
      return;
    }
    timer.ended(run);
    failures.add(run);
    observations.of(run, asked, ended).map(this::step).ifPresent(this::follow);
    providers.ended(run.key(), ended);
  }

  private synchronized HostSnapshot snapshot(Collected collected) {
    long revision = locked(HostState::revision);
    HostSnapshot last = newest;
    if (last != null && revision == newestRevision && collected.equals(last.collected())) {
      return last;
    }
    newestRevision = revision;
    HostSnapshot snapshot =
        new HostSnapshot(
            plan.host(),
            access.kind(),
            plan.smtp(),
            collected,
            locked(s -> s.view(this::source, time.now())),
            failures.failures());
    if (last != null && snapshot.equals(last)) {
      return last;
    }
    newest = snapshot;
    return snapshot;
  }

  private Source source(String service) {
    return notifications.isNotified(service) ? Source.NOTIFICATION : Source.POLL;
  }
}
