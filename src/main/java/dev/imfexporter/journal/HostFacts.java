package dev.imfexporter.journal;

import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.fact.FactStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one host as one watcher keeps them. All of a host's share its {@link HostStore},
 * which takes facts from the newest only.
 */
final class HostFacts implements FactStore {
  private final HostStore store;
  private volatile List<Fact> recovered = List.of();
  private volatile @Nullable Supplier<List<Fact>> summary;
  private volatile @Nullable HostFacts before;
  private volatile boolean missed;
  private volatile boolean closed;

  /**
   * @param before the open owner that gets the facts back if this is closed before it
   */
  HostFacts(HostStore store, @Nullable HostFacts before) {
    this.store = store;
    this.before = before;
  }

  @Override
  public List<Fact> recovered() {
    return recovered;
  }

  @Override
  public void keep(List<Fact> facts) {
    if (!facts.isEmpty()) {
      store.keep(this, facts);
    }
  }

  @Override
  public void summary(Supplier<List<Fact>> facts) {
    summary = facts;
    store.summary(this, facts);
  }

  @Override
  public Optional<String> failure() {
    return store.problem();
  }

  @Override
  public void close() {
    store.release(this);
  }

  void recovered(List<Fact> facts) {
    recovered = List.copyOf(facts);
  }

  Optional<Supplier<List<Fact>>> summary() {
    return Optional.ofNullable(summary);
  }

  @Nullable HostFacts before() {
    return before;
  }

  void forgetBefore() {
    before = null;
  }

  /** Whether facts came from it while another owned the store. */
  boolean missed() {
    return missed;
  }

  void markMissed() {
    missed = true;
  }

  boolean isClosed() {
    return closed;
  }

  void markClosed() {
    closed = true;
    before = null;
  }
}
