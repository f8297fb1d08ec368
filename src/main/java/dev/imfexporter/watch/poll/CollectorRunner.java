package dev.imfexporter.watch.poll;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.collector.Collector;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.EventCursor;
import dev.imfexporter.collector.NotApplicable;
import dev.imfexporter.collector.Result;
import dev.imfexporter.collector.SmtpAnswer;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.clock.TimeSource;
import dev.imfexporter.watch.model.PlannedCollector;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs one collector of a host, at most once at a time: callers share the run that is under way. A
 * call that never returns is not repeated; its callers get a failure at their deadline.
 * Thread-safe.
 */
final class CollectorRunner<T> {
  private static final System.Logger LOG = System.getLogger(CollectorRunner.class.getName());

  private static final String STOOD_STILL =
      "The exporter itself stood still for seconds while it asked, so it is not known whether SMTP"
          + " answers; the next run asks again";

  private final Context context;
  private final PlannedCollector<T> plan;
  private final CollectorKey<T> key;
  private final Collector<T> collector;

  // Guarded by this.
  private @Nullable SharedRun<T> underWay;
  private @Nullable Timed<T> last;
  private @Nullable Moment lastEnded;
  private boolean again;
  private boolean outdated;
  private boolean givenUp;

  /**
   * What all collectors of a host share.
   *
   * @param timeout after which a run is given up
   * @param cursors how far an earlier run of the exporter has read each event log
   * @param stoodStill whether this program stood still at some time between two moments
   */
  record Context(
      CollectorLog log,
      HostAccess access,
      Duration timeout,
      Executor calls,
      TimeSource time,
      Function<String, Optional<EventCursor>> cursors,
      BiPredicate<Moment, Moment> stoodStill,
      Collectors.Listener listener) {}

  CollectorRunner(Context context, PlannedCollector<T> plan) {
    this.context = context;
    this.plan = plan;
    key = plan.key();
    collector = plan.create().apply(context.cursors());
  }

  PlannedCollector<T> plan() {
    return plan;
  }

  /**
   * The run that is under way, or the newest if it ended less than this long ago, or a new one; of
   * a collector in the background the newest if there is one.
   */
  synchronized CompletableFuture<Timed<T>> getOrStart(Duration maxAge) {
    if (plan.background().isPresent() && last != null) {
      return CompletableFuture.completedFuture(last);
    }
    if (underWay != null) {
      return underWay.end();
    }
    Timed<T> known = last;
    return known != null && !isOlderThan(maxAge, now())
        ? CompletableFuture.completedFuture(known)
        : start().end();
  }

  /**
   * The newest result, however old; {@link Result.NotReadYet} if there is none.
   *
   * @param since when the exporter began to watch the host
   */
  synchronized Timed<T> latest(Instant since) {
    Timed<T> known = last;
    return known != null
        ? known
        : new Timed<>(key, new Result.NotReadYet<>(), since, Duration.ZERO);
  }

  /**
   * Whether the newest run ended at least this long ago or there is none, and none is under way.
   */
  synchronized boolean isOlderThan(Duration age, Moment now) {
    Moment ended = lastEnded;
    return underWay == null && (ended == null || now.since(ended).compareTo(age) >= 0);
  }

  /** Starts a run if {@link #isOlderThan}. */
  synchronized void refreshIfOlderThan(Duration maxAge, Moment now) {
    if (isOlderThan(maxAge, now)) {
      start();
    }
  }

  /** Starts a run, after the one under way, which may have asked too early. */
  synchronized void refresh() {
    if (underWay != null) {
      again = true;
    } else {
      start();
    }
  }

  /** The same, and nothing that the collector keeps from earlier runs is used. */
  void refreshAnew() {
    collector.forget();
    refresh();
  }

  /** From now on the newest result counts as too old, as does that of the run under way. */
  synchronized void outdate() {
    lastEnded = null;
    outdated = underWay != null;
  }

  /** Whether the run under way has taken longer than the timeout. */
  synchronized boolean stuck() {
    SharedRun<T> running = underWay;
    return running != null && now().since(running.since()).compareTo(timeout()) > 0;
  }

  /**
   * Reports a run that has taken longer than the timeout as a failure, once. The run goes on; when
   * it ends with a value after all, that is reported too.
   */
  void giveUpIfStuck() {
    SharedRun<T> run;
    Timed<T> late;
    synchronized (this) {
      run = underWay;
      if (run == null || givenUp || !stuck()) {
        return;
      }
      late = run.late(key, run.since().plus(timeout()));
      givenUp = true;
      outdated = true;
      last = late;
      context.log().ended(key, late.result());
    }
    report(run, late, now());
  }

  /**
   * The end of a run, or a failure if it has not ended by the deadline or within the timeout since
   * its start.
   */
  CompletableFuture<Timed<T>> withDeadline(Moment deadline, CompletableFuture<Timed<T>> end) {
    if (end.isDone()) {
      return end;
    }
    SharedRun<T> run;
    synchronized (this) {
      run = underWay;
    }
    if (run == null || run.end() != end) {
      return end; // its run has ended, and completes it now
    }
    Moment now = now();
    Moment since = run.since();
    Duration left = min(deadline.since(now), timeout().minus(now.since(since)));
    Moment until = now.plus(left.isNegative() ? Duration.ZERO : left);
    return run.await(run.late(key, until), until.since(now));
  }

  private Duration timeout() {
    return plan.background().orElse(context.timeout());
  }

  /** How many callers wait for the run under way. */
  synchronized int waiting() {
    return underWay == null ? 0 : underWay.waiters().size();
  }

  private SharedRun<T> start() {
    SharedRun<T> run = new SharedRun<>(now());
    underWay = run;
    try {
      context.calls().execute(() -> run(run));
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      Moment now = now();
      end(run, timed(run, failed("No thread to read it on: " + e, ErrorReason.OTHER), now), now);
    }
    return run;
  }

  private void run(SharedRun<T> run) {
    Result<T> taken = take();
    Moment ended = now();
    Result<T> result =
        isOwnSilence(run, taken, ended) ? failed(STOOD_STILL, ErrorReason.OTHER) : taken;
    Timed<T> timed = timed(run, result, ended);
    try {
      if (!(result instanceof Result.Failed && isGivenUp())) {
        report(run, timed, ended);
      }
    } finally {
      end(run, timed, ended);
    }
  }

  @SuppressWarnings("CatchingUnchecked") // a defect there must not stop the collector
  private void report(SharedRun<T> run, Timed<T> timed, Moment at) {
    try {
      context.listener().ended(timed, run.since(), at);
    } catch (Throwable e) {
      LOG.log(Level.ERROR, "%s: unexpected failure after reading %s".formatted(host(), key), e);
    }
  }

  private synchronized boolean isGivenUp() {
    return givenUp;
  }

  /** What did not come in time may have come while nothing here could read it. */
  private boolean isOwnSilence(SharedRun<T> run, Result<T> result, Moment ended) {
    return result.value().orElse(null) instanceof SmtpAnswer answer
        && answer.failure().isPresent()
        && context.stoodStill().test(run.since(), ended);
  }

  private Timed<T> timed(SharedRun<T> run, Result<T> result, Moment ended) {
    return new Timed<>(key, result, ended.wall(), ended.since(run.since()));
  }

  private void end(SharedRun<T> run, Timed<T> timed, Moment ended) {
    synchronized (this) {
      context.log().ended(key, timed.result());
      last = timed;
      lastEnded = outdated ? null : ended;
      outdated = false;
      givenUp = false;
      underWay = null;
      if (again) {
        again = false;
        start();
      }
    }
    run.complete(timed);
  }

  @SuppressWarnings("CatchingUnchecked") // a defect in one collector must not stop the others
  private Result<T> take() {
    try {
      return new Result.Ok<>(collector.take(context.access()));
    } catch (NotApplicable e) {
      return new Result.NotApplicable<>(String.valueOf(e.getMessage()));
    } catch (AccessException.Unsupported e) {
      return new Result.Unsupported<>(String.valueOf(e.getMessage()));
    } catch (AccessException e) {
      return failed(String.valueOf(e.getMessage()), e.reason());
    } catch (Throwable e) {
      LOG.log(Level.ERROR, "%s: unexpected failure of reading %s".formatted(host(), key), e);
      return failed("Unexpected failure, see the log: " + e, ErrorReason.OTHER);
    }
  }

  private String host() {
    return context.log().host();
  }

  private Moment now() {
    return context.time().now();
  }

  private static <T> Result<T> failed(String why, ErrorReason error) {
    return new Result.Failed<>(why, error);
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
