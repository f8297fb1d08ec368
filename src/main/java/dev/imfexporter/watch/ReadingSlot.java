package dev.imfexporter.watch;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.reading.NotApplicable;
import dev.imfexporter.reading.Reading;
import dev.imfexporter.reading.Result;
import dev.imfexporter.reading.Result.Taken;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.clock.TimeSource;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one place in which a reading of a host is taken, at most once at a time: whoever asks while
 * it is under way shares it. A call that never returns keeps the slot, and only those who wait give
 * up. Thread-safe.
 */
final class ReadingSlot<T> {
  private static final System.Logger LOG = System.getLogger(ReadingSlot.class.getName());

  private final String host;
  private final Reading<T> reading;
  private final HostAccess access;
  private final Duration timeout;
  private final Executor calls;
  private final TimeSource time;
  private final Listener<T> listener;
  private final CallTimer timer;

  private @Nullable Underway<T> underway;
  private @Nullable Taken<T> last;
  private @Nullable Moment lastEnded;
  private boolean again;

  /** Hears of every reading before anybody who waits for it does. */
  @FunctionalInterface
  interface Listener<T> {
    void taken(Taken<T> taken, Moment asked, Moment ended);
  }

  private record Underway<T>(Moment since, CompletableFuture<Taken<T>> end) {}

  /**
   * @param host its name, for the log
   */
  ReadingSlot(
      String host,
      Reading<T> reading,
      HostAccess access,
      Duration timeout,
      Executor calls,
      TimeSource time,
      Listener<T> listener,
      CallTimer timer) {
    this.host = host;
    this.reading = reading;
    this.access = access;
    this.timeout = timeout;
    this.calls = calls;
    this.time = time;
    this.listener = listener;
    this.timer = timer;
  }

  /**
   * Takes the reading unless one that ended less than this long ago is there or one is under way.
   */
  synchronized CompletableFuture<Taken<T>> fresh(Duration maxAge) {
    Underway<T> running = underway;
    if (running != null) {
      return running.end();
    }
    Taken<T> known = last;
    Moment ended = lastEnded;
    if (known != null && ended != null && time.now().since(ended).compareTo(maxAge) < 0) {
      return CompletableFuture.completedFuture(known);
    }
    return start().end();
  }

  /**
   * The newest, however old it is.
   *
   * @param begun since when there could have been one
   */
  synchronized Taken<T> known(Instant begun) {
    Taken<T> known = last;
    return known != null
        ? known
        : new Taken<>(failed("Not read yet", ErrorReason.OTHER), begun, Duration.ZERO);
  }

  /** As {@link #fresh}, for the sake of the listener only. */
  void tend(Duration maxAge) {
    var unused = fresh(maxAge);
  }

  /** Takes the reading anew, once more after the one under way, which may have come too early. */
  synchronized void refresh() {
    if (underway != null) {
      again = true;
    } else {
      start();
    }
  }

  /** Whether the reading under way has taken longer than it may. */
  synchronized boolean stuck() {
    Underway<T> running = underway;
    return running != null && time.now().since(running.since()).compareTo(timeout) > 0;
  }

  /**
   * The reading's end, or what to say instead when it is not in by the caller's deadline, or when
   * it takes longer than it may from its own start.
   */
  CompletableFuture<Taken<T>> by(Moment deadline, CompletableFuture<Taken<T>> end) {
    if (end.isDone()) {
      return end;
    }
    Moment now = time.now();
    Moment since;
    synchronized (this) {
      since = underway == null ? now : underway.since();
    }
    Duration left = min(deadline.since(now), timeout.minus(now.since(since)));
    Moment givenUp = now.plus(left.isNegative() ? Duration.ZERO : left);
    Taken<T> late =
        new Taken<>(
            new Result.Failed<>(
                "The host has not answered within "
                    + seconds(givenUp.since(since))
                    + "; the call is left to finish and not made again until then",
                ErrorReason.TIMEOUT),
            givenUp.wall(),
            givenUp.since(since));
    return end.copy().completeOnTimeout(late, givenUp.since(now).toNanos(), TimeUnit.NANOSECONDS);
  }

  private Underway<T> start() {
    Underway<T> running = new Underway<>(time.now(), new CompletableFuture<>());
    underway = running;
    try {
      calls.execute(() -> run(running));
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      Moment now = time.now();
      end(
          running,
          taken(running, failed("No thread to read it on: " + e, ErrorReason.OTHER), now),
          now);
    }
    return running;
  }

  @SuppressWarnings("CatchingUnchecked") // whatever fails, the slot must be free again
  private void run(Underway<T> running) {
    Result<T> result = take();
    Moment ended = time.now();
    Taken<T> taken = taken(running, result, ended);
    try {
      timer.took(reading.name(), result, taken.took());
      listener.taken(taken, running.since(), ended);
    } catch (Throwable e) {
      LOG.log(Level.ERROR, host + ": unexpected failure after reading " + reading.name().word(), e);
    } finally {
      end(running, taken, ended);
    }
  }

  private Taken<T> taken(Underway<T> running, Result<T> result, Moment ended) {
    return new Taken<>(result, ended.wall(), ended.since(running.since()));
  }

  private void end(Underway<T> running, Taken<T> taken, Moment ended) {
    synchronized (this) {
      tell(last == null ? Optional.empty() : last.result().reason(), taken.result());
      last = taken;
      lastEnded = ended;
      underway = null;
      if (again) {
        again = false;
        start();
      }
    }
    running.end().complete(taken);
  }

  /** Once for every change: a reading that fails every second for the same reason is told once. */
  private void tell(Optional<String> before, Result<T> result) {
    String name = host + ": reading " + reading.name().word();
    String how = result instanceof Result.Failed ? " failed: " : " is incomplete: ";
    if (!(result instanceof Result.Failed || result instanceof Result.Ok)
        || result.reason().equals(before)) {
      return;
    }
    result
        .reason()
        .ifPresentOrElse(
            why -> LOG.log(Level.WARNING, name + how + why),
            () -> LOG.log(Level.INFO, name + " succeeds"));
  }

  @SuppressWarnings("CatchingUnchecked") // a defect in one reading must not lose the others
  private Result<T> take() {
    try {
      return new Result.Ok<>(reading.take(access));
    } catch (NotApplicable e) {
      return new Result.NotApplicable<>(String.valueOf(e.getMessage()));
    } catch (AccessException.Unsupported e) {
      return new Result.Unsupported<>(String.valueOf(e.getMessage()));
    } catch (AccessException e) {
      return failed(String.valueOf(e.getMessage()), e.reason());
    } catch (Throwable e) {
      LOG.log(Level.ERROR, host + ": unexpected failure of reading " + reading.name().word(), e);
      return failed("Unexpected failure, see the log: " + e, ErrorReason.OTHER);
    }
  }

  private static <T> Result<T> failed(String why, ErrorReason error) {
    return new Result.Failed<>(why, error);
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static String seconds(Duration duration) {
    return String.format("%.1f s", duration.toMillis() / 1000.0);
  }
}
