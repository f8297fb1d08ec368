package dev.imfexporter.watch.fact;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Where a host's facts outlast the program. Thread-safe; no method blocks for long or throws. */
public interface FactStore extends AutoCloseable {

  /** The facts of earlier runs, oldest first; to be asked once, before the first {@link #keep}. */
  List<Fact> recovered();

  /**
   * Keeps facts, in this order and behind all before. What cannot be written now is not lost as
   * long as the program lives: see {@link #summary}.
   */
  void keep(List<Fact> facts);

  /**
   * Where the store gets, from time to time, fewer facts that stand for all so far. It is called on
   * a thread of the store, which keeps every fact that is told after it returns.
   */
  void summary(Supplier<List<Fact>> facts);

  /**
   * Why the newest fact could not be written, with the folder and what to do, without a full stop;
   * empty if it could.
   */
  Optional<String> failure();

  /** Whether the newest fact could be written. */
  default boolean writable() {
    return failure().isEmpty();
  }

  /** Takes no more facts, and returns at once; facts that wait are still written. */
  @Override
  void close();

  /** Forgets all with the program. */
  static FactStore none() {
    return readOnly(List.of());
  }

  /** Knows what happened, and forgets with the program what happens. */
  static FactStore readOnly(List<Fact> recovered) {
    List<Fact> facts = List.copyOf(recovered);
    return new FactStore() {
      @Override
      public List<Fact> recovered() {
        return facts;
      }

      @Override
      public void keep(List<Fact> facts) {}

      @Override
      public void summary(Supplier<List<Fact>> facts) {}

      @Override
      public Optional<String> failure() {
        return Optional.empty();
      }

      @Override
      public void close() {}
    };
  }
}
