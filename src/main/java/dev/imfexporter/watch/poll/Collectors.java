package dev.imfexporter.watch.poll;

import static java.util.Objects.requireNonNull;

import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.EventCursor;
import dev.imfexporter.collector.Result;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.clock.TimeSource;
import dev.imfexporter.watch.model.Collected;
import dev.imfexporter.watch.model.Need;
import dev.imfexporter.watch.model.WatchPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All collectors of a host: runs each at its interval and for scrapes, once what it needs holds.
 * Thread-safe.
 */
public final class Collectors {
  /** Between two polls of services that the host notifies, in case it fails to. */
  private static final Duration CROSS_CHECK = Duration.ofSeconds(15);

  /** Between two polls of the event log while an outage that is over waits for its events. */
  private static final Duration CONFIRM = Duration.ofSeconds(3);

  private final CollectorLog log;
  private final Known known;
  private final Listener listener;
  private final TimeSource time;
  private final Instant began;

  /** Those without needs first, since others wait for them. */
  private final List<CollectorRunner<?>> runners = new ArrayList<>();

  /** Those to refresh once what they need holds. */
  private final Set<CollectorKey<?>> waiting = ConcurrentHashMap.newKeySet();

  /** Whether the host's clock was asked for, with or without success, since the host was away. */
  private volatile boolean clockAsked;

  /** Whether the newest poll of the services failed: a host that boots may change its clock. */
  private volatile boolean away;

  /**
   * While IIS Admin stops or starts, its modules are listed at every poll, but not more often than
   * this: each second by default, also when a poll comes a little early.
   */
  private static final Duration SAMPLE = Duration.ofMillis(900);

  /** Is called at the end of every run of a collector, before those who wait for it. */
  @FunctionalInterface
  public interface Listener {
    /**
     * @param run has the key of the collector
     */
    void ended(Timed<?> run, Moment asked, Moment ended);
  }

  /**
   * @param calls runs calls that may block for ever
   * @param cursors how far an earlier run of the exporter has read each event log
   */
  public Collectors(
      WatchPlan plan,
      HostAccess access,
      Executor calls,
      TimeSource time,
      Function<String, Optional<EventCursor>> cursors,
      Known known,
      Listener listener) {
    this.known = known;
    this.listener = listener;
    this.time = time;
    began = time.now().wall();
    log = new CollectorLog(plan.host());
    CollectorRunner.Context context =
        new CollectorRunner.Context(
            log,
            access,
            plan.pace().timeout(),
            calls,
            time,
            cursors,
            known::stoodStill,
            this::ended);
    Stream.of(true, false)
        .flatMap(free -> plan.collectors().stream().filter(c -> c.needs().isEmpty() == free))
        .forEach(each -> runners.add(new CollectorRunner<>(context, each)));
  }

  /** The newest results, each read anew where it is older than it may be, by the deadline. */
  public CompletableFuture<Collected> scrape(Moment deadline) {
    Scrape scrape = new Scrape(deadline);
    runners.forEach(scrape::add);
    return scrape.end();
  }

  /** The newest results; asks the host nothing. */
  public Collected latest() {
    return Collected.of(runners.stream().map(each -> each.latest(began)).toList(), began);
  }

  /** Runs a collector before its time, once what it needs holds; nothing if it is switched off. */
  public void refresh(CollectorKey<?> key) {
    waiting.add(key);
    refreshWaiting();
  }

  /** Runs a collector before its time, and has it read anew what it keeps from earlier runs. */
  public void refreshAnew(CollectorKey<?> key) {
    find(key).ifPresent(CollectorRunner::refreshAnew);
  }

  /**
   * Runs every collector that is due, whether or not anything scrapes, and reports those that hang.
   */
  public void poll() {
    Moment now = time.now();
    runners.forEach(CollectorRunner::giveUpIfStuck);
    for (CollectorRunner<?> each : runners) {
      Optional<Duration> interval = isSampled(each) ? Optional.of(SAMPLE) : each.plan().interval();
      if (interval.isPresent()) {
        Duration age = adapted(each, interval.get(), now);
        if (each.isOlderThan(age, now) && isMet(each.plan().needs())) {
          each.refreshIfOlderThan(age, now);
        }
      }
    }
  }

  /** Not where it is known that the modules cannot be listed. */
  private boolean isSampled(CollectorRunner<?> each) {
    return each.plan().key() == CollectorKey.COMPONENTS
        && known.iisAdminPending()
        && !(each.latest(began).result() instanceof Result.Unsupported);
  }

  /**
   * A service has another state: an update restarts services while it brings its files, a start may
   * bring other settings of SMTP, and what is loaded changes, so that the next scrape lists the
   * modules however young the newest list is.
   */
  public void servicesChanged() {
    refresh(CollectorKey.DEFINITION);
    refresh(CollectorKey.DIALOGUE); // waits until SMTPSVC runs
    find(CollectorKey.COMPONENTS).ifPresent(CollectorRunner::outdate);
  }

  /** How many runs have taken longer than the timeout and have not ended. */
  public int stuck() {
    return (int) runners.stream().filter(CollectorRunner::stuck).count();
  }

  /** Services are polled less often while the host sends their states, events more when awaited. */
  private Duration adapted(CollectorRunner<?> each, Duration age, Moment now) {
    CollectorKey<?> key = each.plan().key();
    if (key == CollectorKey.SERVICES && CROSS_CHECK.compareTo(age) > 0) {
      return known.allNotified() ? CROSS_CHECK : age;
    }
    if (key == CollectorKey.EVENTS && CONFIRM.compareTo(age) < 0) {
      boolean awaited = each.isOlderThan(CONFIRM, now) && known.outageAwaitsEvents();
      return awaited ? CONFIRM : age;
    }
    return age;
  }

  private boolean isMet(Set<Need> needs) {
    for (Need need : needs) {
      if (!isMet(need)) {
        return false;
      }
    }
    return true;
  }

  private boolean isMet(Need need) {
    return switch (need) {
      case SERVICES_READ -> known.servicesRead();
      case SMTP_RUNNING ->
          find(CollectorKey.SERVICES).filter(each -> smtpRuns(each.latest(began))).isPresent();
      case HOST_CLOCK ->
          clockAsked || find(CollectorKey.HOST).filter(each -> !each.stuck()).isEmpty();
    };
  }

  private Optional<CollectorRunner<?>> find(CollectorKey<?> key) {
    return runners.stream().filter(each -> each.plan().key() == key).findFirst();
  }

  private boolean smtpRuns(Timed<?> services) {
    return services.value().isPresent()
        && known.smtp().filter(is -> is == ServiceState.RUNNING).isPresent();
  }

  private void ended(Timed<?> run, Moment asked, Moment ended) {
    if (run.key() == CollectorKey.SERVICES) {
      boolean back = away && run.value().isPresent();
      away = run.value().isEmpty();
      if (back) {
        clockAsked = false;
        find(CollectorKey.HOST).ifPresent(CollectorRunner::refresh);
      }
    }
    try {
      listener.ended(run, asked, ended);
    } finally {
      if (run.key() == CollectorKey.HOST) {
        clockAsked = true;
      }
      refreshWaiting();
    }
  }

  private void refreshWaiting() {
    for (CollectorRunner<?> each : runners) {
      CollectorKey<?> key = each.plan().key();
      if (waiting.contains(key) && isMet(each.plan().needs()) && waiting.remove(key)) {
        each.refresh();
      }
    }
  }

  /** The collectors that others need are added first. */
  private final class Scrape {
    private final Moment deadline;
    private final Map<CollectorKey<?>, CompletableFuture<? extends Timed<?>>> ends =
        new LinkedHashMap<>();

    Scrape(Moment deadline) {
      this.deadline = deadline;
    }

    void add(CollectorRunner<?> each) {
      CompletableFuture<?>[] before =
          each.plan().needs().stream()
              .map(need -> ends.get(need.after()))
              .filter(Objects::nonNull)
              .toArray(CompletableFuture[]::new);
      CompletableFuture<? extends Timed<?>> services = ends.get(CollectorKey.SERVICES);
      ends.put(
          each.plan().key(),
          before.length == 0
              ? run(each, services)
              : CompletableFuture.allOf(before).thenCompose(done -> run(each, services)));
    }

    CompletableFuture<Collected> end() {
      return CompletableFuture.allOf(ends.values().toArray(CompletableFuture[]::new))
          .thenApply(
              done ->
                  Collected.of(
                      ends.values().stream().map(CompletableFuture::join).toList(), began));
    }

    /**
     * @param services ended already for a collector that needs them; null without them
     */
    private <T> CompletableFuture<Timed<T>> run(
        CollectorRunner<T> each, @Nullable CompletableFuture<? extends Timed<?>> services) {
      if (each.plan().needs().contains(Need.SMTP_RUNNING)) {
        Timed<?> read = requireNonNull(services).join();
        if (!smtpRuns(read)) {
          return CompletableFuture.completedFuture(
              new Timed<>(each.plan().key(), notAsked(read), read.at(), Duration.ZERO));
        }
      }
      Duration maxAge = adapted(each, each.plan().maxAge(), time.now());
      return each.withDeadline(deadline, each.getOrStart(maxAge));
    }

    private <T> Result<T> notAsked(Timed<?> services) {
      if (services.value().isEmpty()) {
        return new Result.Failed<>(
            "Not asked, as it is not known whether SMTPSVC runs", ErrorReason.OTHER);
      }
      return new Result.NotApplicable<>(
          known
              .smtp()
              .map(is -> "SMTPSVC is " + is + "; there is nothing to ask while it is")
              .orElse("SMTPSVC is not installed"));
    }
  }

  /** Logs no failures from now on; runs that are under way end on their own. */
  public void close() {
    log.close();
  }
}
