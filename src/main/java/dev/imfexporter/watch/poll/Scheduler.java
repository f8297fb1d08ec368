package dev.imfexporter.watch.poll;

import dev.imfexporter.access.Subscription;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.clock.TimeSource;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/** Runs tasks at intervals. */
@FunctionalInterface
public interface Scheduler {

  /**
   * Runs the task at every interval until the subscription is closed, never twice at the same time.
   * A task that throws runs again at the next interval.
   *
   * @param task must not block
   */
  Subscription every(Duration interval, Runnable task);

  /**
   * Whether the program stood still for seconds until now, or until a moment ago: what arrives now
   * may have happened at any time of the stall.
   */
  default boolean stoodStill(Moment now) {
    return false;
  }

  /**
   * Whether the program stood still for seconds at some time between: what did not come in time may
   * have come.
   */
  default boolean stoodStill(Moment since, Moment now) {
    return false;
  }

  /** Runs each task for the first time at once; one daemon thread runs all tasks. */
  static Scheduler system() {
    return system(interval -> Duration.ZERO);
  }

  /**
   * As {@link #system()}, with a random offset for each task, so that 1,000 hosts are not polled at
   * once.
   */
  static Scheduler spread() {
    return system(
        interval -> Duration.ofMillis(ThreadLocalRandom.current().nextLong(interval.toMillis())));
  }

  private static Scheduler system(UnaryOperator<Duration> first) {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "imf-schedule");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    TimeSource time = TimeSource.system();
    Stalls stalls = new Stalls();
    return new Scheduler() {
      private final AtomicBoolean beats = new AtomicBoolean();

      @Override
      public Subscription every(Duration interval, Runnable task) {
        if (!beats.getAndSet(true)) {
          schedule(
              Duration.ZERO, Stalls.BEAT, () -> stalls.beat(time.now()).ifPresent(Scheduler::log));
        }
        return schedule(first.apply(interval), interval, task);
      }

      @Override
      public boolean stoodStill(Moment now) {
        return stalls.stoodStill(now);
      }

      @Override
      public boolean stoodStill(Moment since, Moment now) {
        return stalls.stoodStill(since, now);
      }

      private Subscription schedule(Duration delay, Duration interval, Runnable task) {
        var planned =
            timer.scheduleAtFixedRate(
                logging(task), delay.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        return () -> planned.cancel(false);
      }
    };
  }

  private static void log(Duration stall) {
    System.getLogger(Scheduler.class.getName())
        .log(
            System.Logger.Level.INFO,
            "This program stood still for {0} s. Polls and event logs show what happened meanwhile",
            stall.toSeconds());
  }

  /** The same task, which logs all that it throws: Java runs a task that throws no more. */
  @SuppressWarnings("CatchingUnchecked")
  static Runnable logging(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (Throwable e) {
        System.getLogger(Scheduler.class.getName())
            .log(System.Logger.Level.ERROR, "Unexpected failure of a scheduled task", e);
      }
    };
  }
}
