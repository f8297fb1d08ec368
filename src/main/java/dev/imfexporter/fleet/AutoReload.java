package dev.imfexporter.fleet;

import dev.imfexporter.watch.poll.Scheduler;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Reloads the configuration once its files have changed, as Prometheus does with {@code
 * --enable-feature=auto-reload-config}: a reload that failed is tried again at each look.
 */
public final class AutoReload {
  private static final Logger LOG = System.getLogger(AutoReload.class.getName());

  private final Supplier<String> digest;
  private final Supplier<List<String>> reload;
  private String loaded;

  /**
   * @param loaded the digest of the configuration in use, made before it was read, so that a change
   *     while it was read is seen
   * @param digest of the files as they are now; never fails
   * @param reload returns why it failed; empty if it did not
   */
  public AutoReload(String loaded, Supplier<String> digest, Supplier<List<String>> reload) {
    this.loaded = loaded;
    this.digest = digest;
    this.reload = reload;
  }

  /** Looks once; by one thread at a time. */
  void look() {
    String now = digest.get();
    if (now.equals(loaded)) {
      return;
    }
    LOG.log(Level.INFO, "the files of the configuration changed: they are read again");
    loaded = reload.get().isEmpty() ? now : "";
  }

  /** Looks again and again, this long after the end of the last look, until it is closed. */
  public Running every(Duration interval) {
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread made = new Thread(task, "config-reload");
              made.setDaemon(true);
              return made;
            });
    long nanos = interval.toNanos();
    ScheduledFuture<?> looks =
        thread.scheduleWithFixedDelay(
            Scheduler.logging(this::look), nanos, nanos, TimeUnit.NANOSECONDS);
    return () -> {
      looks.cancel(false);
      thread.shutdown();
    };
  }

  /** What looks; closing it does not wait for a reload that is under way. */
  @FunctionalInterface
  public interface Running extends AutoCloseable {
    @Override
    void close();
  }
}
