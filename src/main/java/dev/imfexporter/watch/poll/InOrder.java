package dev.imfexporter.watch.poll;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on the threads of another executor, one after the other in the order in which they
 * came. Thread-safe.
 */
public final class InOrder implements Executor {
  private final Executor threads;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean running;

  public InOrder(Executor threads) {
    this.threads = threads;
  }

  @Override
  public void execute(Runnable task) {
    synchronized (this) {
      waiting.add(task);
      if (running) {
        return;
      }
      running = true;
    }
    start();
  }

  /** Without a thread, the tasks wait for the next one that comes. */
  private void start() {
    boolean started = false;
    try {
      threads.execute(this::run);
      started = true;
    } finally {
      if (!started) {
        synchronized (this) {
          running = false;
        }
      }
    }
  }

  private void run() {
    boolean done = false;
    try {
      for (Runnable task = next(); task != null; task = next()) {
        task.run();
      }
      done = true;
    } finally {
      if (!done) {
        start();
      }
    }
  }

  private synchronized @Nullable Runnable next() {
    Runnable task = waiting.poll();
    running = task != null;
    return task;
  }
}
