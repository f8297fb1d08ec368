package dev.imfexporter.journal;

import dev.imfexporter.watch.clock.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The one thread that writes, whichever disk hangs. */
final class Writer implements AutoCloseable {
  private static final Duration CLOSING = Duration.ofSeconds(1);

  private final TimeSource time;
  private final List<HostStore> stores = new CopyOnWriteArrayList<>();
  private final Semaphore calls = new Semaphore(0);
  private final Thread thread = new Thread(this::run, "imf-journal");
  private volatile boolean closing;

  private Writer(TimeSource time) {
    this.time = time;
    thread.setDaemon(true);
  }

  static Writer start(TimeSource time) {
    Writer writer = new Writer(time);
    writer.thread.start();
    return writer;
  }

  void add(HostStore store) {
    stores.add(store);
    wake();
  }

  void wake() {
    calls.release();
  }

  @Override
  public void close() {
    closing = true;
    wake();
    try {
      thread.join(CLOSING.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closing) {
        Optional<Duration> pause = round();
        if (pause.isEmpty()) {
          calls.acquire();
        } else {
          // Called or not, it is time to look again.
          boolean unused = calls.tryAcquire(pause.get().toNanos(), TimeUnit.NANOSECONDS);
        }
        calls.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets every store write; how long until one of them wants to again. */
  private Optional<Duration> round() {
    Optional<Duration> least = Optional.empty();
    for (HostStore store : stores) {
      Optional<Duration> wants = store.work(time.now().ticks());
      if (wants.isPresent() && (least.isEmpty() || wants.get().compareTo(least.get()) < 0)) {
        least = wants;
      }
    }
    stores.removeIf(HostStore::closed);
    return least;
  }
}
