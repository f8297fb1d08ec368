package dev.imfexporter.watch;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for calls that block, perhaps for ever: one is made only when all others are blocked,
 * goes when it is not needed, and never keeps the program from ending.
 */
public final class CallThreads {
  private static final Duration IDLE = Duration.ofSeconds(30);

  private CallThreads() {}

  /**
   * A pool of its own.
   *
   * @param most threads; further calls wait for one
   */
  public static ExecutorService atMost(int most) {
    return new ThreadPoolExecutor(
        0,
        most,
        IDLE.toMillis(),
        TimeUnit.MILLISECONDS,
        new OnlyToTheIdle(),
        task -> {
          Thread thread = new Thread(task, "imf-call");
          thread.setDaemon(true);
          return thread;
        },
        WAIT);
  }

  /**
   * The executor makes a thread whenever its queue does not take a call: with this one, as long as
   * nobody is idle.
   */
  private static final class OnlyToTheIdle extends LinkedTransferQueue<Runnable> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean offer(Runnable task) {
      return tryTransfer(task);
    }
  }

  /** With as many threads as there may be, calls wait after all. */
  private static final RejectedExecutionHandler WAIT =
      (task, pool) -> {
        if (pool.isShutdown()) {
          throw new RejectedExecutionException("The calls are stopped");
        }
        ((OnlyToTheIdle) pool.getQueue()).put(task);
      };
}
