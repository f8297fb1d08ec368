package dev.imfexporter.journal;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The one thread that writes. It outlives every exception and error, since it writes for all hosts.
 * Thread-safe.
 */
final class Writer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Writer.class.getName());
  private static final Duration CLOSING = Duration.ofSeconds(1);

  private static final Duration RETRY = Duration.ofSeconds(1);

  /** After so long, the files are looked at without a new fact: a folder may have been renamed. */
  private static final Duration QUIET = Duration.ofSeconds(15);

  private final List<HostStore> stores = new CopyOnWriteArrayList<>();
  private final Semaphore calls = new Semaphore(0);
  private final Thread thread = new Thread(this::run, "imf-journal");
  private volatile boolean closing;

  private Writer() {
    thread.setDaemon(true);
  }

  static Writer start() {
    Writer writer = new Writer();
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

  /** Lets every store write once more, and waits for that for a second at most. */
  @Override
  public void close() {
    stores.forEach(HostStore::end);
    closing = true;
    wake();
    try {
      thread.join(CLOSING.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    boolean hangs = thread.isAlive();
    Map<String, List<String>> unwritten =
        stores.stream()
            .filter(store -> !store.closed())
            .sorted(Comparator.comparing(HostStore::host))
            .collect(
                Collectors.groupingBy(
                    store -> hangs ? "the disk hangs" : store.failure(),
                    TreeMap::new,
                    Collectors.mapping(HostStore::host, Collectors.toList())));
    unwritten.forEach(
        (reason, hosts) ->
            LOG.log(
                System.Logger.Level.WARNING,
                "the newest history of "
                    + String.join(", ", hosts)
                    + (hangs ? " is not written: " : " is not written to ")
                    + reason));
  }

  /** Whether every store has written its last, or found out that it cannot. */
  boolean hasEnded() {
    return !thread.isAlive();
  }

  private void run() {
    try {
      boolean last;
      do {
        last = closing;
        Duration pause = round();
        if (!last) {
          // Called or not, it is time to look again.
          boolean unused = calls.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS);
          calls.drainPermits();
        }
      } while (!last);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets every store write; returns how long until one of them wants to again. */
  private Duration round() {
    Duration least = QUIET;
    for (HostStore store : stores) {
      Duration wants = work(store).orElse(QUIET);
      least = wants.compareTo(least) < 0 ? wants : least;
    }
    stores.removeIf(HostStore::closed);
    return least;
  }

  /** When memory is short, even the handling of an error may fail. */
  private Optional<Duration> work(HostStore store) {
    try {
      return store.work();
    } catch (RuntimeException | Error e) {
      store.failed(e);
      return Optional.of(RETRY);
    }
  }
}
