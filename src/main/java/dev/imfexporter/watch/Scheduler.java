package dev.imfexporter.watch;

import dev.imfexporter.access.Subscription;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Has a quick task done again and again; tests bring one that they turn by hand. */
@FunctionalInterface
public interface Scheduler {

  /**
   * Runs the task now and then at every interval, never twice at once, until closed. A task that
   * throws is run again all the same.
   */
  Subscription every(Duration interval, Runnable task);

  /** One daemon thread for all tasks, which therefore must not block. */
  static Scheduler system() {
    return system(interval -> Duration.ZERO);
  }

  /**
   * As {@link #system()}, with the first run of each task somewhere within its interval, so that a
   * thousand hosts are not asked in the same moment, now and from then on.
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
    return (interval, task) -> {
      var planned =
          timer.scheduleAtFixedRate(
              () -> evenIfItFails(task),
              first.apply(interval).toMillis(),
              interval.toMillis(),
              TimeUnit.MILLISECONDS);
      return () -> planned.cancel(false);
    };
  }

  @SuppressWarnings("CatchingUnchecked") // or the executor would drop the task without a word
  private static void evenIfItFails(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      System.getLogger(Scheduler.class.getName())
          .log(System.Logger.Level.ERROR, "Unexpected failure of a scheduled task", e);
    }
  }
}
