package dev.imfexporter.watch.poll;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Pools of threads for calls that block, perhaps for ever. A thread is made only when no other is
 * idle, ends after 30 s without a call, and does not keep the program from ending.
 */
public final class CallThreads {
  private static final Duration IDLE = Duration.ofSeconds(30);

  private CallThreads() {}

  /**
   * @param most threads; further calls wait for one
   */
  public static ExecutorService atMost(int most) {
    IdleThreadQueue queue = new IdleThreadQueue();
    return new ThreadPoolExecutor(
        0,
        most,
        IDLE.toMillis(),
        TimeUnit.MILLISECONDS,
        queue,
        task -> {
          Thread thread = new Thread(task, "imf-call");
          thread.setDaemon(true);
          return thread;
        },
        (task, pool) -> {
          if (pool.isShutdown()) {
            throw new RejectedExecutionException("The pool is shut down");
          }
          // There are as many threads as there may be.
          queue.put(task);
        });
  }

  /**
   * Accepts a call only if an idle thread takes it at once. When the queue refuses a call, the pool
   * makes a thread.
   */
  private static final class IdleThreadQueue extends LinkedTransferQueue<Runnable> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean offer(Runnable task) {
      return tryTransfer(task);
    }
  }
}
