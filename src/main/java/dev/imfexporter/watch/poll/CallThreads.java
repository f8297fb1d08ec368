package dev.imfexporter.watch.poll;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TransferQueue;

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
    return new IdleFirst(most, new LinkedTransferQueue<>());
  }

  /**
   * Hands a call to an idle thread if there is one; a ThreadPoolExecutor would make another until
   * it has as many as it may. It makes a thread for a call that is queued while the only one ends.
   */
  private static final class IdleFirst extends ThreadPoolExecutor {
    private final TransferQueue<Runnable> queue;

    private IdleFirst(int most, LinkedTransferQueue<Runnable> queue) {
      super(most, most, IDLE.toMillis(), TimeUnit.MILLISECONDS, queue, IdleFirst::thread);
      this.queue = queue;
      allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable task) {
      Thread thread = new Thread(task, "imf-call");
      thread.setDaemon(true);
      return thread;
    }

    @Override
    public void execute(Runnable call) {
      if (isShutdown() || !queue.tryTransfer(call)) {
        super.execute(call);
      }
    }
  }
}
