package dev.imfexporter.journal;

import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.fact.FactStore;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Writes the facts of one host to its file; the only writer of that file in this process. When a
 * write fails, the facts that wait are dropped, and a summary of the state replaces the file as
 * soon as it can be written.
 */
final class HostStore {
  private static final Logger LOG = System.getLogger(HostStore.class.getName());

  private final String host;
  private final JournalFile file;
  private final Permission permission;
  private final FactQueue queue;

  private volatile boolean writable = true;

  /** Only the writer's thread uses it. */
  private final Backoff backoff = new Backoff();

  /** Whether this process may write into the folder. */
  @FunctionalInterface
  interface Permission {
    void check() throws StorageException, IOException;
  }

  private HostStore(String host, JournalFile file, Permission permission, FactQueue queue) {
    this.host = host;
    this.file = file;
    this.permission = permission;
    this.queue = queue;
  }

  /**
   * Reads what there is and gets ready to write; neither has to succeed.
   *
   * @param wake has {@link #work} called soon
   * @param now by the monotonic clock
   */
  static HostStore open(
      String host, JournalFile file, Permission permission, Runnable wake, Duration now) {
    FactQueue queue = new FactQueue(host, JournalStart.recover(host, file), wake);
    HostStore store = new HostStore(host, file, permission, queue);
    try {
      permission.check();
      file.open();
    } catch (IOException | StorageException e) {
      store.failed(e, now);
    }
    return store;
  }

  /** As {@link FactQueue#lend}. */
  Optional<FactStore> lend() {
    return queue.lend(this).map(facts -> facts);
  }

  void keep(HostFacts from, List<Fact> facts) {
    queue.keep(from, facts);
  }

  void summary(HostFacts from, Supplier<List<Fact>> facts) {
    queue.summary(from, facts);
  }

  void release(HostFacts of) {
    queue.release(of);
  }

  /** Whether the newest fact could be written. */
  boolean writable() {
    return writable;
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
   * @param now by the monotonic clock
   * @return how long until it wants to be called even if nothing happens; empty for ever
   */
  Optional<Duration> work(Duration now) {
    boolean last = queue.isEnding();
    if (writable || last || backoff.isOver(now)) {
      attempt(now);
    }
    if ((writable && queue.endIfWritten()) || last) {
      file.close();
      return Optional.empty();
    }
    return writable ? Optional.empty() : Optional.of(backoff.rest(now));
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
  private void attempt(Duration now) {
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
      failed(e, now);
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
  void failed(Throwable e, Duration now) {
    boolean first = writable;
    writable = false;
    backoff.failed(now);
    queue.writeFailed();
    if (first) {
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
}
