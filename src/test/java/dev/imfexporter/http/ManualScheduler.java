package dev.imfexporter.http;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/** Runs the newest task when the test says so. */
final class ManualScheduler extends AbstractLifeCycle implements Scheduler {
  @SuppressWarnings("NullAway.Init") // by the first task
  private volatile Runnable newest;

  @Override
  public Task schedule(Runnable task, long delay, TimeUnit unit) {
    newest = task;
    return () -> true;
  }

  void run() {
    newest.run();
  }
}
