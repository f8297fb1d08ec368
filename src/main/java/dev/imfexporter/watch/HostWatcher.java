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
import dev.imfexporter.reading.ServicesReading;
import dev.imfexporter.reading.Smtp;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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

  private final WatchPlan plan;
  private final HostAccess access;
  private final TimeSource time;
  private final ReadingSlot<Services> services;
  private final ReadingSlot<Definition> definition;
  private final ReadingSlot<Smtp> smtp;
  private final Notifications notifications;
  private final Ledgers ledgers = new Ledgers();
  private volatile boolean readable;

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
  public CompletableFuture<HostSnapshot> observe(Duration deadline) {
    Moment end = time.now().plus(deadline);
    var definitionEnd = definition.by(end, definition.fresh(plan.definitionInterval()));
    return services
        .by(end, services.fresh(reported(ledgers.installed()) ? CROSS_CHECK : SHARED))
        .thenCompose(
            read ->
                smtp(read, end)
                    .thenCombine(
                        definitionEnd, (queues, version) -> snapshot(read, version, queues)));
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
    List<String> installed = ledgers.installed();
    notifications.tend(installed);
    services.tend(reported(installed) ? CROSS_CHECK : Duration.ZERO);
    definition.tend(plan.definitionInterval());
  }

  /** Whether the host tells of every change by itself, and nothing asks for another look. */
  private boolean reported(List<String> installed) {
    return readable
        && !installed.isEmpty()
        && !ledgers.inDoubt()
        && installed.stream().allMatch(notifications::cover);
  }

  private void servicesTaken(Taken<Services> taken, Moment asked, Moment ended) {
    readable = taken.value().isPresent();
    // What a hung call brings at last was true when it was asked, and nobody knows since when.
    if (taken.value().isEmpty() || ended.since(asked).compareTo(plan.readingTimeout()) > 0) {
      return;
    }
    var polled = ledgers.observe(taken.value().get(), asked, ended, notifications::cover);
    polled.unreported().forEach(notifications::distrust);
    if (polled.changed()) {
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

  private CompletableFuture<Taken<Smtp>> smtp(Taken<Services> services, Moment end) {
    Optional<ServiceState> state = ledgers.state(ServicesReading.SMTP_SERVICE);
    if (services.value().isPresent() && state.equals(Optional.of(ServiceState.RUNNING))) {
      return smtp.by(end, smtp.fresh(SHARED));
    }
    Result<Smtp> why =
        services.value().isEmpty()
            ? new Result.Failed<>("Not asked, as it is not known whether SMTPSVC runs")
            : new Result.NotApplicable<>(
                state
                    .map(s -> "SMTPSVC is " + s + "; its counters exist only while it runs")
                    .orElse("SMTPSVC is not installed"));
    return CompletableFuture.completedFuture(new Taken<>(why, services.at(), Duration.ZERO));
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
                name -> notifications.cover(name) ? Witness.NOTIFICATION : Witness.POLL,
                time.now()),
            ledgers.updates());
    HostSnapshot last = lastSnapshot;
    if (last != null && snapshot.equals(last)) {
      return last;
    }
    lastSnapshot = snapshot;
    return snapshot;
  }
}
