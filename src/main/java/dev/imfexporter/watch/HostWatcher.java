package dev.imfexporter.watch;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.Registry.View;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.Subscription;
import dev.imfexporter.reading.Definition;
import dev.imfexporter.reading.DefinitionReading;
import dev.imfexporter.reading.Result;
import dev.imfexporter.reading.Result.Taken;
import dev.imfexporter.reading.Services;
import dev.imfexporter.reading.Smtp;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The one owner of a host: it takes the readings, hears the notifications, and writes the ledgers
 * in the order in which things were seen. Thread-safe.
 */
public final class HostWatcher implements ObservedHost, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(HostWatcher.class.getName());

  /** Scrapes that come closer together than this share what was read: a host is not a toy. */
  private static final Duration SHARED = Duration.ofSeconds(1);

  /** Between two looks at services that the host reports by itself, in case a report was lost. */
  private static final Duration CROSS_CHECK = Duration.ofSeconds(15);

  private static final String SMTP_SERVICE = "SMTPSVC";

  private final WatchPlan plan;
  private final HostAccess access;
  private final TimeSource time;
  private final ReadingSlot<Services> services;
  private final ReadingSlot<Definition> definition;
  private final ReadingSlot<Smtp> smtp;
  private final Notifications notifications;
  private final Ledgers ledgers = new Ledgers();

  // Guarded by this.
  private final List<Subscription> subscriptions = new ArrayList<>();
  private boolean closed;
  private @Nullable HostSnapshot lastSnapshot;

  private HostWatcher(
      WatchPlan plan, HostAccess access, Executor calls, TimeSource time, CallTimer timer) {
    this.plan = plan;
    this.access = access;
    this.time = time;
    Duration timeout = plan.readingTimeout();
    services =
        new ReadingSlot<>(
            plan.services(), access, timeout, calls, time, this::servicesTaken, timer);
    definition =
        new ReadingSlot<>(
            plan.definition(), access, timeout, calls, time, this::definitionTaken, timer);
    smtp = new ReadingSlot<>(plan.smtp(), access, timeout, calls, time, (t, a, e) -> {}, timer);
    notifications = new Notifications(access.services(), calls, time, this::changed);
  }

  /**
   * Begins to watch.
   *
   * @param access is the caller's to close, after this
   * @param calls runs calls that may block for ever; its threads must not keep the program alive
   */
  public static HostWatcher start(
      WatchPlan plan,
      HostAccess access,
      Executor calls,
      Scheduler scheduler,
      TimeSource time,
      CallTimer timer) {
    HostWatcher watcher = new HostWatcher(plan, access, calls, time, timer);
    calls.execute(watcher::watchDefinitionKey);
    watcher.keep(scheduler.every(plan.pollInterval(), watcher::tick));
    return watcher;
  }

  @Override
  public String name() {
    return plan.host();
  }

  @Override
  public HostSnapshot observe(Duration deadline) {
    Moment end = time.now().plus(deadline);
    var servicesEnd = services.fresh(SHARED);
    var definitionEnd = definition.fresh(plan.definitionInterval());
    Taken<Services> servicesTaken = services.await(servicesEnd, end);
    Taken<Smtp> smtpTaken = smtp(servicesTaken, end);
    return snapshot(servicesTaken, definition.await(definitionEnd, end), smtpTaken);
  }

  /** How many readings have taken longer than they may and have still not returned. */
  public int stuck() {
    return (services.stuck() ? 1 : 0) + (definition.stuck() ? 1 : 0) + (smtp.stuck() ? 1 : 0);
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

  private void tick() {
    List<String> names = ledgers.names();
    notifications.tend(names);
    boolean reported = !names.isEmpty() && names.stream().allMatch(notifications::cover);
    services.tend(reported ? CROSS_CHECK : Duration.ZERO);
    definition.tend(plan.definitionInterval());
  }

  private void servicesTaken(Taken<Services> taken, Moment asked, Moment ended) {
    if (taken.value().map(read -> ledgers.observe(read, asked, ended)).orElse(false)) {
      definition.refresh();
    }
  }

  private void changed(String service, ServiceStatus status) {
    // An update restarts the services around the very moment in which it brings its files.
    if (ledgers.observe(service, status, time.now())) {
      definition.refresh();
    }
  }

  private void definitionTaken(Taken<Definition> taken, Moment asked, Moment ended) {
    taken.value().ifPresent(read -> ledgers.observe(read, ended.wall()));
  }

  private void watchDefinitionKey() {
    try {
      for (View view : View.values()) {
        keep(access.registry().onChange(view, DefinitionReading.UPDATE_KEY, definition::refresh));
      }
    } catch (AccessException e) {
      LOG.log(Level.DEBUG, "The definition is read at intervals only: {0}", e.getMessage());
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

  private Taken<Smtp> smtp(Taken<Services> servicesTaken, Moment end) {
    Optional<ServiceState> state = ledgers.state(SMTP_SERVICE);
    if (servicesTaken.value().isEmpty()) {
      return without(
          servicesTaken, new Result.Failed<>("Not asked, as it is not known whether SMTPSVC runs"));
    }
    if (state.isEmpty()) {
      return without(servicesTaken, new Result.NotApplicable<>("SMTPSVC is not installed"));
    }
    if (state.get() != ServiceState.RUNNING) {
      return without(
          servicesTaken,
          new Result.NotApplicable<>(
              "SMTPSVC is " + state.get() + "; its counters exist only while it runs"));
    }
    return smtp.await(smtp.fresh(SHARED), end);
  }

  private static Taken<Smtp> without(Taken<Services> servicesTaken, Result<Smtp> why) {
    return new Taken<>(why, servicesTaken.at(), Duration.ZERO);
  }

  private synchronized HostSnapshot snapshot(
      Taken<Services> services, Taken<Definition> definition, Taken<Smtp> smtp) {
    HostSnapshot snapshot =
        new HostSnapshot(
            plan.host(),
            access.kind(),
            services,
            definition,
            smtp,
            ledgers.histories(
                name -> notifications.cover(name) ? Witness.NOTIFICATION : Witness.POLL),
            ledgers.updates());
    HostSnapshot last = lastSnapshot;
    if (last != null && snapshot.equals(last)) {
      return last;
    }
    lastSnapshot = snapshot;
    return snapshot;
  }
}
