package dev.imfexporter.journal;

import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.fact.FactStore;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the facts of one host to its file; the only writer of that file in this process. When a
 * write fails, the facts that wait are dropped, and a summary of the state replaces the file as
 * soon as it can be written.
 */
final class HostStore {
  private static final Logger LOG = System.getLogger(HostStore.class.getName());

  /** Far longer than a disk that works takes for a write or a rewrite. */
  private static final Duration LONGEST_WRITE = Duration.ofSeconds(10);

  private final String host;
  private final JournalFile file;
  private final Permission permission;
  private final FactQueue queue;
  private final Supplier<Duration> clock;

  /** Held while the disk is used; a store that is dropped writes no more. */
  private final Lock working = new ReentrantLock();

  private volatile boolean writable = true;
  private volatile String reason = "the disk fails";
  private volatile @Nullable Duration begun;
  private final AtomicBoolean hangTold = new AtomicBoolean();

  /** Only the writer's thread uses it. */
  private final Backoff backoff = new Backoff();

  /** Whether this process may write into the folder. */
  @FunctionalInterface
  interface Permission {
    void check() throws StorageException, IOException;
  }

  private HostStore(
      String host,
      JournalFile file,
      Permission permission,
      FactQueue queue,
      Supplier<Duration> clock) {
    this.host = host;
    this.file = file;
    this.permission = permission;
    this.queue = queue;
    this.clock = clock;
  }

  /**
   * Reads what there is and gets ready to write; neither has to succeed.
   *
   * @param wake has {@link #work} called soon
   * @param clock the monotonic one
   */
  static HostStore open(
      String host,
      JournalFile file,
      Permission permission,
      Runnable wake,
      Supplier<Duration> clock) {
    FactQueue queue = new FactQueue(host, JournalStart.recover(host, file), wake);
    HostStore store = new HostStore(host, file, permission, queue, clock);
    try {
      permission.check();
      file.open();
    } catch (IOException | StorageException e) {
      store.failed(e);
    }
    return store;
  }

  /** As {@link FactQueue#lend}. */
  Optional<FactStore> lend() {
    return queue.lend(this).map(facts -> facts);
  }

  void keep(HostFacts from, List<Fact> facts) {
    queue.keep(from, facts);
    // The log has to say it without a scrape, too.
    boolean unused = hangs();
  }

  void summary(HostFacts from, Supplier<List<Fact>> facts) {
    queue.summary(from, facts);
  }

  void release(HostFacts of) {
    queue.release(of);
  }

  /** Whether the newest fact could be written, and no write has been under way for too long. */
  boolean writable() {
    return problem().isEmpty();
  }

  /** Why it is not so. */
  Optional<String> problem() {
    if (hangs()) {
      return Optional.of(
          "%s: a write has not ended for %d s; does the disk hang?"
              .formatted(file.path().getParent(), LONGEST_WRITE.toSeconds()));
    }
    return writable ? Optional.empty() : Optional.of(failure());
  }

  private boolean hangs() {
    Duration since = begun;
    if (since == null || clock.get().minus(since).compareTo(LONGEST_WRITE) < 0) {
      return false;
    }
    if (!hangTold.getAndSet(true)) {
      LOG.log(
          Level.WARNING,
          "the history of "
              + host
              + " is kept in memory only: a write to "
              + file.path()
              + " has not ended for "
              + LONGEST_WRITE.toSeconds()
              + " s. Does the disk hang? Metrics are not affected");
    }
    return true;
  }

  String host() {
    return host;
  }

  /** Makes the next {@link #work} the last. */
  void end() {
    queue.end();
  }

  /**
   * Writes what there is to write; the writer's thread only.
   *
   * @return how long until it wants to be called even if nothing happens; empty for ever
   */
  Optional<Duration> work() {
    working.lock();
    begun = clock.get();
    try {
      return queue.hasEnded() ? Optional.empty() : workNow();
    } finally {
      begun = null;
      working.unlock();
      if (hangTold.getAndSet(false)) {
        LOG.log(Level.INFO, "the write to " + file.path() + " that took so long has ended");
      }
    }
  }

  private Optional<Duration> workNow() {
    boolean last = queue.isEnding();
    if (writable || last || backoff.isOver(clock.get())) {
      attempt();
    }
    if ((writable && queue.endIfWritten()) || last) {
      file.close();
      return Optional.empty();
    }
    return writable ? Optional.empty() : Optional.of(backoff.rest(clock.get()));
  }

  /** Whether the host is not watched any more. */
  boolean released() {
    return queue.isReleased();
  }

  /**
   * Forgets what is not written of a host that is not watched any more; not while it is being
   * written.
   *
   * @return whether it is forgotten
   */
  boolean drop() {
    if (!working.tryLock()) {
      return false;
    }
    try {
      if (!queue.forget()) {
        return false;
      }
      file.close();
    } finally {
      working.unlock();
    }
    LOG.log(
        Level.WARNING,
        "what was not written of the history of "
            + host
            + ", which is not watched any more, is lost: too many such hosts wait for "
            + file.path().getParent());
    return true;
  }

  /** Where the newest write that failed was to go, and why it did. */
  String failure() {
    return file.path().getParent() + ": " + reason;
  }

  /** How many facts wait in memory. */
  int waiting() {
    return queue.size();
  }

  /** Whether everything is written, and {@link #work} has nothing to do any more. */
  boolean closed() {
    return queue.hasEnded();
  }

  /** An error of one host, such as a stack overflow in its summary, must not end the others. */
  private void attempt() {
    try {
      permission.check();
      file.open();
      if (!queue.mustRewrite()) {
        append();
      }
      if (queue.mustRewrite() || (queue.hasSummary() && file.large())) {
        rewrite();
      }
      succeeded();
    } catch (IOException | StorageException | RuntimeException | Error e) {
      failed(e);
    }
  }

  private void append() throws IOException {
    List<Fact> batch = queue.take();
    if (batch.isEmpty()) {
      return;
    }
    boolean written = false;
    try {
      file.append(batch);
      written = true;
    } finally {
      if (!written) {
        queue.putBack(batch);
      }
    }
  }

  private void rewrite() throws IOException {
    Optional<List<Fact>> facts = queue.takeSummary();
    if (facts.isPresent()) {
      file.rewrite(facts.get());
    }
  }

  private void succeeded() {
    backoff.reset();
    if (!writable) {
      writable = true;
      LOG.log(Level.INFO, "the history of " + host + " is written again to " + file.path());
    }
  }

  /** Marks the history as not writable, first of all: what follows may fail too. */
  void failed(Throwable e) {
    boolean first = writable;
    writable = false;
    reason = Reason.ofWriting(e);
    backoff.failed(clock.get());
    queue.writeFailed();
    if (first) {
      LOG.log(
          Level.WARNING,
          "the history of "
              + host
              + " is kept in memory only, since it cannot be written to "
              + file.path()
              + ": "
              + reason
              + ". It is tried again until it works; metrics are not affected",
          e);
    } else {
      LOG.log(Level.DEBUG, "still not writable: " + file.path(), e);
    }
  }
}
