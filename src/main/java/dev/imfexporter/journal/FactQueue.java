package dev.imfexporter.journal;

import dev.imfexporter.watch.fact.Fact;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one host that wait for the disk, and who may add to them: one {@link HostFacts} at a
 * time owns the queue. A host whose configuration changes gets a new owner, which takes the facts
 * over in memory, so that the file keeps its one writer. Thread-safe; never waits for a disk.
 */
final class FactQueue {
  private static final Logger LOG = System.getLogger(HostStore.class.getName());

  /** More facts than any host brings while the disk works; each takes less than a kilobyte. */
  static final int MAX_WAITING = 10_000;

  private static final int SUMMARY_ATTEMPTS = 10;

  private final String host;
  private final List<Fact> recovered;
  private final Runnable wake;

  // All guarded by this.
  private List<Fact> waiting = new ArrayList<>();
  private boolean rewrite;
  private long changes;
  private Optional<Supplier<List<Fact>>> summary = Optional.empty();
  private @Nullable HostFacts owner;
  private boolean released;
  private boolean ending;
  private boolean ended;

  /**
   * @param recovered the facts of earlier runs, for the first owner
   * @param wake called when there is something to write; must not block
   */
  FactQueue(String host, List<Fact> recovered, Runnable wake) {
    this.host = host;
    this.recovered = recovered;
    this.wake = wake;
  }

  /**
   * Makes a new owner. Its facts of earlier runs are those on the disk or, if there was an owner
   * before, what that owner's summary says now; the former owner adds nothing from then on.
   *
   * @return empty once everything is written and the file is closed
   * @throws RuntimeException if the summary fails; the former owner then goes on
   */
  Optional<HostFacts> lend(HostStore store) {
    HostFacts before;
    HostFacts next;
    Optional<Supplier<List<Fact>>> old;
    synchronized (this) {
      if (ended) {
        return Optional.empty();
      }
      before = owner;
      next = new HostFacts(store, before == null || before.isClosed() ? null : before);
      owner = next;
      old = summary;
      summary = Optional.empty();
    }
    boolean taken = false;
    try {
      List<Fact> facts = old.map(Supplier::get).orElse(recovered);
      next.recovered(facts);
      taken = true;
      synchronized (this) {
        summary = old.isPresent() ? Optional.of(() -> facts) : Optional.empty();
        released = false;
        if (before != null && before.missed()) {
          rewriteSoon();
        }
      }
      return Optional.of(next);
    } finally {
      if (!taken) {
        giveBack(before, old);
      }
      wake.run();
    }
  }

  private synchronized void giveBack(
      @Nullable HostFacts before, Optional<Supplier<List<Fact>>> itsSummary) {
    owner = before;
    summary = itsSummary;
    if (summary.isPresent()) {
      rewriteSoon();
    }
  }

  /**
   * Ends an owner. A former owner that is still open gets the facts back; without one, the file is
   * closed as soon as everything is written.
   */
  void release(HostFacts of) {
    synchronized (this) {
      HostFacts before = of.before();
      of.markClosed();
      if (owner == of) {
        if (before == null) {
          released = true;
        } else {
          giveBack(before, before.summary());
        }
      } else if (owner != null && owner.before() == of) {
        owner.forgetBefore();
      }
    }
    wake.run();
  }

  /** Adds facts, if they come from the owner. */
  void keep(HostFacts from, List<Fact> facts) {
    synchronized (this) {
      if (owner != from) {
        from.markMissed();
        return;
      }
      changes++;
      if (!rewrite) {
        waiting.addAll(facts);
        if (waiting.size() > MAX_WAITING) {
          drop();
        }
      }
    }
    wake.run();
  }

  /** Sets what stands for all facts so far, if it comes from the owner. */
  void summary(HostFacts from, Supplier<List<Fact>> facts) {
    synchronized (this) {
      if (owner == from) {
        summary = Optional.of(facts);
      }
    }
    wake.run();
  }

  /** Takes no more facts into account once the next write is over, whether it succeeds or not. */
  synchronized void end() {
    ending = true;
  }

  synchronized boolean isEnding() {
    return ending;
  }

  /** Ends if everything is written and no owner is left; {@link #lend} is refused from then on. */
  synchronized boolean endIfWritten() {
    ended = ended || ((released || ending) && !rewrite && waiting.isEmpty());
    return ended;
  }

  synchronized boolean hasEnded() {
    return ended;
  }

  /** Whether no owner is left. */
  synchronized boolean isReleased() {
    return released;
  }

  /** Ends without what is not written, if no owner is left and it has not ended. */
  synchronized boolean forget() {
    if (!released || ended) {
      return false;
    }
    ended = true;
    waiting = new ArrayList<>();
    summary = Optional.empty();
    owner = null;
    return true;
  }

  /** How many facts wait in memory. */
  synchronized int size() {
    return waiting.size();
  }

  /** Whether facts were dropped, so that the summary must replace the file. */
  synchronized boolean mustRewrite() {
    return rewrite && summary.isPresent();
  }

  synchronized boolean hasSummary() {
    return summary.isPresent();
  }

  /** Takes all facts that wait. */
  synchronized List<Fact> take() {
    List<Fact> batch = waiting;
    waiting = new ArrayList<>();
    return batch;
  }

  /** Puts facts that could not be written in front again. */
  synchronized void putBack(List<Fact> batch) {
    if (!rewrite) {
      waiting.addAll(0, batch);
    }
  }

  /** After a failed write, the summary replaces the facts that wait. */
  synchronized void writeFailed() {
    if (summary.isPresent()) {
      rewriteSoon();
    }
  }

  /**
   * Takes the summary in place of the facts that wait. It stands for the facts that were added
   * before it was asked for; facts that are added after it must be appended. Facts that are added
   * meanwhile could be either, so the summary is asked for again.
   *
   * @return empty while an owner takes over
   * @throws IllegalStateException if facts are added without a pause
   */
  Optional<List<Fact>> takeSummary() {
    for (int i = 0; i < SUMMARY_ATTEMPTS; i++) {
      Supplier<List<Fact>> supplier;
      long before;
      synchronized (this) {
        if (summary.isEmpty()) {
          return Optional.empty();
        }
        supplier = summary.get();
        before = changes;
      }
      List<Fact> facts = supplier.get();
      synchronized (this) {
        if (changes == before) {
          waiting = new ArrayList<>();
          rewrite = false;
          return Optional.of(facts);
        }
      }
    }
    throw new IllegalStateException("facts come faster than they can be summed up");
  }

  private void drop() {
    if (summary.isPresent()) {
      rewriteSoon();
      return;
    }
    LOG.log(Level.ERROR, "the oldest facts of " + host + " are lost: too many wait for the disk");
    waiting = new ArrayList<>(waiting.subList(waiting.size() - MAX_WAITING, waiting.size()));
  }

  private synchronized void rewriteSoon() {
    changes++;
    waiting = new ArrayList<>();
    rewrite = true;
  }
}
