package dev.imfexporter.watch.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How mail flowed, as far as this run of the exporter has seen it.
 *
 * @param changes of the state, oldest first; {@code IDLE} and {@code ANSWERING} count as {@code
 *     FLOWING}
 * @param queue the length of the queues; empty before the first reading
 * @param firstBegan whether the first state began when its change says, as an earlier run of the
 *     exporter saw; if not, it may have begun earlier
 */
public record MailHistory(List<Change> changes, Optional<Queue> queue, boolean firstBegan) {
  /** How many changes are kept. */
  public static final int MOST_CHANGES = 200;

  public static final MailHistory NONE = new MailHistory(List.of(), Optional.empty(), false);

  public MailHistory {
    changes = List.copyOf(changes);
  }

  /** The state from a moment on. */
  public record Change(MailFlow.State state, Instant from) {}

  /**
   * The length of all queues together.
   *
   * @param from begin of the first part; the others follow without gaps
   * @param longest the most messages in each part of {@link #PART}; {@link #NOT_READ} where none
   *     was read
   */
  public record Queue(Instant from, List<Integer> longest) {
    public static final Duration PART = Duration.ofMinutes(5);

    /** A day of them. */
    public static final int MOST_PARTS = 288;

    public static final int NOT_READ = -1;

    public Queue {
      longest = List.copyOf(longest);
    }

    /** The begin of a part. */
    public Instant at(int part) {
      return from.plus(PART.multipliedBy(part));
    }
  }

  /** When the present state began; empty if it may have begun before the exporter knew of it. */
  public Optional<Instant> since() {
    int last = changes.size() - 1;
    if (last == 0 && firstBegan) {
      return Optional.of(changes.get(0).from());
    }
    return last < 1 || changes.get(last - 1).state() == MailFlow.State.UNKNOWN
        ? Optional.empty()
        : Optional.of(changes.get(last).from());
  }

  /** The same history with its times converted. */
  public MailHistory on(UnaryOperator<Instant> clock) {
    return new MailHistory(
        changes.stream().map(c -> new Change(c.state(), clock.apply(c.from()))).toList(),
        queue.map(q -> new Queue(clock.apply(q.from()), q.longest())),
        firstBegan);
  }
}
