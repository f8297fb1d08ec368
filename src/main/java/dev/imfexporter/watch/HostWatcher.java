package dev.imfexporter.watch;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.EventLog;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.Registry.View;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.Subscription;
import dev.imfexporter.access.WellKnownServices;
import dev.imfexporter.reading.Banner;
import dev.imfexporter.reading.Definition;
import dev.imfexporter.reading.DefinitionReading;
import dev.imfexporter.reading.Events;
import dev.imfexporter.reading.HostClockState;
import dev.imfexporter.reading.MailFolders;
import dev.imfexporter.reading.Result.Taken;
import dev.imfexporter.reading.Services;
import dev.imfexporter.reading.Smtp;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.clock.TimeSource;
import dev.imfexporter.watch.fact.FactStore;
import dev.imfexporter.watch.model.Source;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one owner of a host: it takes the readings, hears the notifications, and writes the ledgers
 * in the order in which things were seen. Thread-safe.
 */
public final class HostWatcher implements ObservedHost, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(HostWatcher.class.getName());

  /** Between two looks at services that the host reports by itself, in case a report was lost. */
  private static final Duration CROSS_CHECK = Duration.ofSeconds(15);

  /** Between two looks at the event log while an outage that is over waits for its word. */
  private static final Duration CONFIRM = Duration.ofSeconds(3);

  private final WatchPlan plan;
  private final HostAccess access;
  private final TimeSource time;
  private final HostReadings readings;
  private final Notifications notifications;
  private final FactStore store;
  private final HostState state;
  private final Object stateLock = new Object();
  private final TroubleLog troubles = new TroubleLog();
  private volatile boolean readable;

  // Guarded by this.
  private final List<Subscription> subscriptions = new ArrayList<>();
  private boolean closed;
  private @Nullable HostSnapshot lastSnapshot;
  private long lastRevision;

  private HostWatcher(
      WatchPlan plan,
      HostAccess access,
      FactStore store,
      Executor calls,
      TimeSource time,
      CallTimer timer) {
    this.plan = plan;
    this.access = access;
    this.time = time;
    this.store = store;
    state = HostState.replay(settings(plan), store.recovered(), time.now());
    store.summary(() -> locked(HostState::summary));
    CallTimer ended =
        (reading, result, took) -> {
          timer.took(reading, result, took);
          troubles.note(reading, result, time.now().wall());
        };
    readings =
        new HostReadings(
            plan, access, calls, time, ended, log -> locked(s -> s.cursor(log)), new Heard());
    notifications = new Notifications(access.services(), calls, time, this::changed);
  }

  /**
   * Begins to watch.
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
    HostWatcher watcher = new HostWatcher(plan, access, store, calls, time, timer);
    if (plan.definition().isPresent()) {
      calls.execute(watcher::watchDefinitionKey);
    }
    if (plan.events().isPresent()) {
      calls.execute(watcher::watchEventLog);
    }
    watcher.keep(scheduler.every(plan.intervals().poll(), watcher::tick));
    return watcher;
  }

  @Override
  public String name() {
    return plan.host();
  }

  @Override
  public CompletableFuture<HostSnapshot> observe(Duration deadline) {
    Moment end = time.now().plus(deadline);
    Duration age = reported(locked(HostState::installed)) ? CROSS_CHECK : HostReadings.SHARED;
    return readings
        .all(end, age, () -> locked(s -> s.state(WellKnownServices.SMTP)))
        .thenApply(this::snapshot);
  }

  @Override
  public HostSnapshot known() {
    return make(readings.known());
  }

  /** How many readings have taken longer than they may and have still not returned. */
  public int stuck() {
    return readings.stuck();
  }

  /** Whether the event logs hold more that has not been read. */
  public boolean catchingUp() {
    return locked(HostState::isCatchingUp);
  }

  @Override
  public void close() {
    List<Subscription> open;
    synchronized (this) {
      closed = true;
      open = List.copyOf(subscriptions);
      subscriptions.clear();
    }
    open.forEach(Subscription::close);
    notifications.close();
  }

  private static StateSettings settings(WatchPlan plan) {
    return new StateSettings(
        plan.limits(),
        plan.retention(),
        plan.events().isPresent(),
        plan.banner().isPresent(),
        plan.countedProviders());
  }

  private <T> T locked(Function<HostState, T> of) {
    synchronized (stateLock) {
      return of.apply(state);
    }
  }

  /** The one door to the state: facts reach the store in the order of the steps. */
  private Step step(Observation observation) {
    synchronized (stateLock) {
      Step step = state.step(observation);
      store.keep(step.facts());
      return step;
    }
  }

  private void tick() {
    step(new Observation.Tick(time.now()));
    List<String> installed = locked(HostState::installed);
    notifications.tend(installed);
    Optional<ServiceState> smtp = locked(s -> s.state(WellKnownServices.SMTP));
    readings.tend(
        reported(installed) ? CROSS_CHECK : Duration.ZERO,
        locked(HostState::awaitsEvents) ? CONFIRM : plan.intervals().events(),
        locked(HostState::isPolled),
        readable && smtp.equals(Optional.of(ServiceState.RUNNING)));
  }

  /** Whether the host tells of every change by itself, and nothing asks for another look. */
  private boolean reported(List<String> installed) {
    return readable
        && !installed.isEmpty()
        && !locked(HostState::isInDoubt)
        && installed.stream().allMatch(notifications::cover);
  }

  private void changed(String service, ServiceStatus status) {
    if (step(new Observation.Notified(service, status, time.now())).changed()) {
      lookAround();
    }
  }

  /** An update restarts the services around the very moment in which it brings its files. */
  private void lookAround() {
    readings.refreshDefinition();
    readings.refreshEvents();
  }

  /** What a hung call brings at last was true when it was asked, and nobody knows since when. */
  private boolean timely(Moment asked, Moment ended) {
    return ended.since(asked).compareTo(plan.intervals().timeout()) <= 0;
  }

  /** Enters readings into the ledgers. */
  private final class Heard implements HostReadings.Listener {
    @Override
    public void services(Taken<Services> taken, Moment asked, Moment ended) {
      readable = taken.value().isPresent();
      if (taken.value().isEmpty()) {
        step(new Observation.PollFailed(ended));
      } else if (timely(asked, ended)) {
        Services services = taken.value().get();
        Set<String> notified = new HashSet<>();
        for (Services.Service service : services.services()) {
          if (notifications.cover(service.name())) {
            notified.add(service.name());
          }
        }
        Step step = step(new Observation.Polled(services, asked, ended, notified));
        step.unreliable().forEach(notifications::distrust);
        if (step.changed()) {
          lookAround();
        } else if (step.readEvents()) {
          readings.refreshEvents();
        }
      }
    }

    @Override
    public void definition(Taken<Definition> taken, Moment asked, Moment ended) {
      taken.value().ifPresent(read -> step(new Observation.DefinitionRead(read, ended)));
    }

    /** However long it took: a record is read once, and true for ever. */
    @Override
    public void events(Taken<Events> taken, Moment asked, Moment ended) {
      Step step =
          step(
              taken
                  .value()
                  .<Observation>map(read -> new Observation.EventsRead(read, asked, ended))
                  .orElseGet(() -> new Observation.EventsFailed(ended)));
      if (step.readEvents()) {
        readings.refreshEvents();
      }
    }

    @Override
    public void smtp(Taken<Smtp> taken, Moment asked, Moment ended) {
      taken.value().ifPresent(read -> step(new Observation.CountersRead(read, asked, ended)));
    }

    @Override
    public void folders(Taken<MailFolders> taken, Moment asked, Moment ended) {
      taken.value().ifPresent(read -> step(new Observation.FoldersRead(read, asked, ended)));
    }

    @Override
    public void banner(Taken<Banner> taken, Moment asked, Moment ended) {
      taken.value().ifPresent(read -> step(new Observation.BannerRead(read, asked, ended)));
    }

    @Override
    public void machine(Taken<HostClockState> taken, Moment asked, Moment ended) {
      if (timely(asked, ended)) {
        taken.value().ifPresent(read -> step(new Observation.ClockRead(read, ended)));
      }
    }
  }

  private void watchDefinitionKey() {
    try {
      for (View view : View.values()) {
        keep(
            access
                .registry()
                .onChange(view, DefinitionReading.UPDATE_KEY, readings::refreshDefinition));
      }
    } catch (AccessException e) {
      LOG.log(Level.DEBUG, "The definition is read at intervals only: {0}", e.getMessage());
    }
  }

  private void watchEventLog() {
    try {
      keep(access.eventLog().onWritten(EventLog.SYSTEM, readings::refreshEvents));
    } catch (AccessException e) {
      LOG.log(Level.DEBUG, "The event log is read at intervals only: {0}", e.getMessage());
    }
  }

  private void keep(Subscription subscription) {
    synchronized (this) {
      if (!closed) {
        subscriptions.add(subscription);
        return;
      }
    }
    subscription.close();
  }

  private synchronized HostSnapshot snapshot(Readings read) {
    long revision = locked(HostState::revision);
    HostSnapshot last = lastSnapshot;
    if (last != null && revision == lastRevision && read.equals(last.readings())) {
      return last;
    }
    lastRevision = revision;
    HostSnapshot snapshot = make(read);
    if (last != null && snapshot.equals(last)) {
      return last;
    }
    lastSnapshot = snapshot;
    return snapshot;
  }

  private HostSnapshot make(Readings read) {
    return new HostSnapshot(
        plan.host(),
        access.kind(),
        read,
        locked(
            s ->
                s.view(
                    name -> notifications.cover(name) ? Source.NOTIFICATION : Source.POLL,
                    time.now())),
        troubles.troubles());
  }
}
