package dev.imfexporter.watch;

import dev.imfexporter.access.Subscription;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

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
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "imf-schedule");
              thread.setDaemon(true);
              return thread;
            });
    return (interval, task) -> {
      var planned =
          timer.scheduleWithFixedDelay(
              () -> evenIfItFails(task), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
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
