package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.watch.ServiceFact.Ending;
import dev.imfexporter.watch.ServiceFact.Sighted;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A service entered a state: what all witnesses together know of it.
 *
 * @param at the best estimate, by the exporter's clock
 * @param earliest when it can have happened; empty when nothing says how long it has been so
 * @param latest when it must have happened
 * @param witnesses who told of it
 * @param ending how the service stopped, where that is known
 * @param disputed whether it was counted as a disagreement
 * @param mark its place in a settled outage
 */
public record Transition(
    ServiceState state,
    Instant at,
    Optional<Instant> earliest,
    Instant latest,
    Set<Witness> witnesses,
    Optional<Ending> ending,
    boolean disputed,
    Mark mark) {
  /** Witnesses of the same transition may be this far apart. */
  static final Duration TOLERANCE = Duration.ofSeconds(2);

  public Transition {
    witnesses = Set.copyOf(witnesses);
  }

  /** What a transition is to a settled outage. */
  public enum Mark {
    NONE,
    BEGIN,
    END
  }

  static Transition of(Sighted seen) {
    return new Transition(
        seen.state(),
        seen.at(),
        seen.earliest(),
        seen.latest(),
        Set.of(seen.witness()),
        seen.ending(),
        false,
        Mark.NONE);
  }

  boolean toldBy(Witness witness) {
    return witnesses.contains(witness);
  }

  /** Whether a time is known, and not only that it has been so since before the first look. */
  boolean dated() {
    return earliest.isPresent();
  }

  /** From when on a look at the service is newer than this. */
  Instant known() {
    return witnesses.equals(Set.of(Witness.EVENT))
        ? at.plus(ServiceFact.LogRecord.RESOLUTION)
        : latest;
  }

  /** Whether the other can be the same transition: their times overlap, or nearly so. */
  boolean near(Transition other) {
    if (other.toldBy(Witness.NOTIFICATION) && toldBy(Witness.POLL) && other.at.isAfter(latest)) {
      // Both by the same clock: the poll saw it before the notification came.
      return false;
    }
    return before(earliest, other.latest.plus(TOLERANCE))
        && before(other.earliest, latest.plus(TOLERANCE));
  }

  /** What both together know; the more precise one says when. */
  Transition merge(Transition other) {
    boolean finer = other.width().compareTo(width()) <= 0;
    Transition winner = finer && !exact() ? other : this;
    Optional<Instant> from = later(earliest, other.earliest);
    Instant to = latest.isBefore(other.latest) ? latest : other.latest;
    boolean overlap = before(from, to);
    Instant when = winner.at.isAfter(to) ? to : winner.at;
    // A first look that finds a service as another witness left it has not seen it come about.
    Set<Witness> all = EnumSet.noneOf(Witness.class);
    all.addAll(dated() || !other.dated() ? witnesses : Set.of());
    all.addAll(other.dated() || !dated() ? other.witnesses : Set.of());
    return new Transition(
        state,
        overlap ? from.filter(when::isBefore).orElse(when) : winner.at,
        overlap ? from : winner.earliest,
        overlap ? to : winner.latest,
        all,
        graver(ending, other.ending),
        disputed,
        mark);
  }

  /** With the graver of both endings: 7031 says more than an exit code. */
  Transition ending(Optional<Ending> told) {
    return new Transition(
        state, at, earliest, latest, witnesses, graver(ending, told), disputed, mark);
  }

  Transition at(Instant time) {
    return new Transition(state, time, earliest, latest, witnesses, ending, disputed, mark);
  }

  Transition marked(Mark as) {
    return new Transition(state, at, earliest, latest, witnesses, ending, disputed, as);
  }

  Transition dispute() {
    return new Transition(state, at, earliest, latest, witnesses, ending, true, mark);
  }

  Transition shifted(Duration by) {
    return new Transition(
        state,
        at.plus(by),
        earliest.map(e -> e.plus(by)),
        latest.plus(by),
        witnesses,
        ending,
        disputed,
        mark);
  }

  private boolean exact() {
    return toldBy(Witness.NOTIFICATION) && width().isZero();
  }

  private Duration width() {
    return earliest
        .map(from -> Duration.between(from, latest))
        .orElse(Duration.ofSeconds(Long.MAX_VALUE));
  }

  private static boolean before(Optional<Instant> from, Instant to) {
    return from.isEmpty() || !from.get().isAfter(to);
  }

  private static Optional<Instant> later(Optional<Instant> a, Optional<Instant> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() ? b : a;
    }
    return a.get().isAfter(b.get()) ? a : b;
  }

  private static Optional<Ending> graver(Optional<Ending> a, Optional<Ending> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() ? b : a;
    }
    return rank(b.get()) > rank(a.get()) ? b : a;
  }

  private static int rank(Ending ending) {
    return switch (ending) {
      case ERROR -> 0;
      case TERMINATED -> 1;
      case TERMINATED_RECOVERING -> 2;
    };
  }
}
