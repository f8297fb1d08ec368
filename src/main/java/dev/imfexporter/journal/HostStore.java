package dev.imfexporter.journal;

import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.fact.FactStore;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The facts of one host. They wait in memory until the writer comes by; when that fails, they are
 * dropped, and what stands for all of them takes the place of the file as soon as it can be
 * written.
 */
final class HostStore implements FactStore {
  private static final Logger LOG = System.getLogger(HostStore.class.getName());

  /** More facts than any host brings while the disk works; each takes less than a kilobyte. */
  static final int MAX_WAITING = 10_000;

  private static final int SUMMARY_ATTEMPTS = 10;
  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);
  private static final Duration CLOSING = Duration.ofSeconds(1);

  private final String host;
  private final JournalFile file;
  private final Permission permission;
  private final Runnable wake;
  private final List<Fact> recovered;
  private final CountDownLatch done = new CountDownLatch(1);

  private final Object lock = new Object();
  private List<Fact> waiting = new ArrayList<>();
  private long told;
  private boolean rewrite;
  private boolean closing;
  private Optional<Supplier<List<Fact>>> summary = Optional.empty();

  private volatile boolean writable = true;

  // Only the writer's thread knows these.
  private Duration delay = Duration.ZERO;
  private Duration retryAt = Duration.ZERO;

  /** Whether this process may write into the folder. */
  @FunctionalInterface
  interface Permission {
    void check() throws StorageException, IOException;
  }

  private HostStore(
      String host, JournalFile file, Permission permission, Runnable wake, List<Fact> recovered) {
    this.host = host;
    this.file = file;
    this.permission = permission;
    this.wake = wake;
    this.recovered = recovered;
  }

  /**
   * Reads what there is and gets ready to write; neither has to succeed.
   *
   * @param wake has {@link #work} called soon
   * @param now by the monotonic clock
   */
  static HostStore open(
      String host, JournalFile file, Permission permission, Runnable wake, Duration now) {
    HostStore store = new HostStore(host, file, permission, wake, recover(host, file));
    try {
      permission.check();
      file.open();
    } catch (IOException | StorageException e) {
      store.failed(e, now);
    }
    return store;
  }

  private static List<Fact> recover(String host, JournalFile file) {
    try {
      Recovered recovered = file.recover();
      tell(file, recovered);
      return recovered.facts();
    } catch (IOException e) {
      LOG.log(
          Level.WARNING,
          "the history of "
              + host
              + " cannot be read, so it begins anew: "
              + Reason.of(e)
              + ". Let the account that runs imf-exporter read "
              + file.path(),
          e);
      return List.of();
    }
  }

  private static void tell(JournalFile file, Recovered recovered) {
    if (recovered.damaged() > 0) {
      LOG.log(
          Level.WARNING,
          "%s: %d damaged lines, the first is line %d"
              .formatted(file.path(), recovered.damaged(), recovered.firstDamaged()));
    }
    if (recovered.torn()) {
      LOG.log(
          Level.INFO,
          file.path() + ": the last line was being written when the program or the machine died");
    }
    if (recovered.unknown() + recovered.ignored() > 0) {
      LOG.log(
          Level.WARNING,
          "%s: written by a newer version: %d facts and %d fields are not understood and left out"
              .formatted(file.path(), recovered.unknown(), recovered.ignored()));
    }
  }

  @Override
  public List<Fact> recovered() {
    return recovered;
  }

  @Override
  public void keep(List<Fact> facts) {
    if (facts.isEmpty()) {
      return;
    }
    synchronized (lock) {
      told += facts.size();
      if (!rewrite) {
        waiting.addAll(facts);
        if (waiting.size() > MAX_WAITING) {
          dropWaiting();
        }
      }
    }
    wake.run();
  }

  private void dropWaiting() {
    if (summary.isEmpty()) {
      LOG.log(Level.ERROR, "the oldest facts of " + host + " are lost: too many wait for the disk");
      waiting = new ArrayList<>(waiting.subList(waiting.size() - MAX_WAITING, waiting.size()));
      return;
    }
    waiting = new ArrayList<>();
    rewrite = true;
  }

  @Override
  public void summary(Supplier<List<Fact>> facts) {
    synchronized (lock) {
      summary = Optional.of(facts);
    }
    wake.run();
  }

  @Override
  public boolean writable() {
    return writable;
  }

  @Override
  public void close() {
    synchronized (lock) {
      closing = true;
    }
    wake.run();
    try {
      if (!done.await(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(Level.WARNING, "the newest history of " + host + " is not written: the disk hangs");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Writes what there is to write; the writer's thread only.
   *
   * @param now by the monotonic clock
   * @return how long until it wants to be called even if nothing happens; empty for ever
   */
  Optional<Duration> work(Duration now) {
    boolean last;
    synchronized (lock) {
      last = closing;
    }
    if (writable || last || now.compareTo(retryAt) >= 0) {
      attempt(now);
    }
    if (last) {
      file.close();
      done.countDown();
    }
    return writable || last ? Optional.empty() : Optional.of(retryAt.minus(now));
  }

  /** How many facts wait in memory. */
  int waiting() {
    synchronized (lock) {
      return waiting.size();
    }
  }

  /** Whether {@link #work} has nothing to do any more. */
  boolean closed() {
    return done.getCount() == 0;
  }

  @SuppressWarnings("CatchingUnchecked") // or one bad summary would end the writing of all hosts
  private void attempt(Duration now) {
    try {
      permission.check();
      file.open();
      if (toRewrite()) {
        rewrite();
      } else {
        append();
      }
      succeeded();
    } catch (IOException | StorageException | RuntimeException e) {
      failed(e, now);
    }
  }

  private boolean toRewrite() {
    synchronized (lock) {
      return rewrite || (summary.isPresent() && file.large());
    }
  }

  private void append() throws IOException {
    List<Fact> batch;
    synchronized (lock) {
      batch = waiting;
      waiting = new ArrayList<>();
    }
    if (batch.isEmpty()) {
      return;
    }
    try {
      file.append(batch);
    } catch (IOException | RuntimeException e) {
      synchronized (lock) {
        waiting.addAll(0, batch);
      }
      throw e;
    }
    if (toRewrite()) {
      rewrite();
    }
  }

  /**
   * A summary stands for what was told before it was asked for, and what is told after it must be
   * appended. What is told meanwhile could be either, so it is asked for again.
   */
  private void rewrite() throws IOException {
    for (int i = 0; i < SUMMARY_ATTEMPTS; i++) {
      Supplier<List<Fact>> supplier;
      long before;
      synchronized (lock) {
        supplier = summary.orElseThrow();
        before = told;
      }
      List<Fact> facts = supplier.get();
      synchronized (lock) {
        if (told != before) {
          continue;
        }
        waiting = new ArrayList<>();
        rewrite = false;
      }
      try {
        file.rewrite(facts);
        return;
      } catch (IOException | RuntimeException e) {
        synchronized (lock) {
          dropWaiting();
        }
        throw e;
      }
    }
    throw new IOException("facts come faster than they can be summed up");
  }

  private void succeeded() {
    delay = Duration.ZERO;
    if (!writable) {
      writable = true;
      LOG.log(Level.INFO, "the history of " + host + " is written again to " + file.path());
    }
  }

  private void failed(Exception e, Duration now) {
    delay = delay.isZero() ? FIRST_DELAY : min(delay.multipliedBy(2), LONGEST_DELAY);
    retryAt = now.plus(delay);
    synchronized (lock) {
      if (summary.isPresent()) {
        dropWaiting();
      }
    }
    if (writable) {
      writable = false;
      LOG.log(
          Level.WARNING,
          "the history of "
              + host
              + " is kept in memory only, since it cannot be written to "
              + file.path()
              + ": "
              + Reason.of(e)
              + ". It is tried again until it works; metrics are not affected",
          e);
    } else {
      LOG.log(Level.DEBUG, "still not writable: " + file.path(), e);
    }
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
