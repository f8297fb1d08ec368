package dev.imfexporter.watch.fact;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.watch.fact.ServiceFact.Ending;
import dev.imfexporter.watch.fact.ServiceFact.StateObserved;
import dev.imfexporter.watch.model.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A service entered a state: the combined evidence of all sources. Times are on the axis of {@link
 * dev.imfexporter.watch.clock.HostTime}.
 *
 * @param serial counts up per service from 1; 0 in a journal that was written before serials. The
 *     number of an outage is the lowest serial of its transitions
 * @param at the best estimate
 * @param earliest the earliest possible time; empty when the service may have been in this state
 *     for any time before
 * @param latest the latest possible time
 * @param sources that reported it
 * @param ending how the service stopped; empty when not reported
 * @param disputed whether it was counted as a conflict between sources
 * @param mark its place in a settled outage
 */
public record Transition(
    long serial,
    ServiceState state,
    Instant at,
    Optional<Instant> earliest,
    Instant latest,
    Set<Source> sources,
    Optional<Ending> ending,
    boolean disputed,
    Mark mark) {
  /** Two sources may date the same transition this far apart. */
  public static final Duration TOLERANCE = Duration.ofSeconds(2);

  public Transition {
    sources = Set.copyOf(sources);
  }

  /** What a transition is to a settled outage. */
  public enum Mark {
    NONE,
    BEGIN,
    END
  }

  public static Transition of(StateObserved seen) {
    return new Transition(
        0,
        seen.state(),
        seen.at(),
        seen.earliest(),
        seen.latest(),
        Set.of(seen.source()),
        seen.ending(),
        false,
        Mark.NONE);
  }

  public boolean reportedBy(Source source) {
    return sources.contains(source);
  }

  /** Whether the time of the transition is known; false when the first poll found this state. */
  public boolean dated() {
    return earliest.isPresent();
  }

  /** The time from which on a poll is newer evidence than this transition. */
  public Instant superseded() {
    return sources.equals(Set.of(Source.EVENT))
        ? at.plus(ServiceFact.LogRecord.RESOLUTION)
        : latest;
  }

  /** Whether the other can be the same transition: their times overlap, or nearly so. */
  public boolean near(Transition other) {
    if (other.reportedBy(Source.NOTIFICATION)
        && reportedBy(Source.POLL)
        && other.at.isAfter(latest)) {
      // Both by the same clock: the poll saw it before the notification came.
      return false;
    }
    return before(earliest, other.latest.plus(TOLERANCE))
        && before(other.earliest, latest.plus(TOLERANCE));
  }

  /** The combined evidence; the more precise one determines the time. */
  public Transition merge(Transition other) {
    boolean finer = other.width().compareTo(width()) <= 0;
    Transition winner = finer && !exact() ? other : this;
    Optional<Instant> from = later(earliest, other.earliest);
    Instant to = latest.isBefore(other.latest) ? latest : other.latest;
    boolean overlap = before(from, to);
    Instant when = winner.at.isAfter(to) ? to : winner.at;
    // A first poll that finds the state of an earlier transition did not observe the transition.
    Set<Source> all = EnumSet.noneOf(Source.class);
    all.addAll(dated() || !other.dated() ? sources : Set.of());
    all.addAll(other.dated() || !dated() ? other.sources : Set.of());
    return new Transition(
        serial,
        state,
        overlap ? from.filter(when::isBefore).orElse(when) : winner.at,
        overlap ? from : winner.earliest,
        overlap ? to : winner.latest,
        all,
        graver(ending, other.ending),
        disputed,
        mark);
  }

  /** With the graver of both endings: event 7031 is more specific than an exit code. */
  public Transition ending(Optional<Ending> reported) {
    return new Transition(
        serial, state, at, earliest, latest, sources, graver(ending, reported), disputed, mark);
  }

  public Transition numbered(long number) {
    return new Transition(number, state, at, earliest, latest, sources, ending, disputed, mark);
  }

  public Transition at(Instant time) {
    return new Transition(serial, state, time, earliest, latest, sources, ending, disputed, mark);
  }

  public Transition marked(Mark as) {
    return new Transition(serial, state, at, earliest, latest, sources, ending, disputed, as);
  }

  public Transition dispute() {
    return new Transition(serial, state, at, earliest, latest, sources, ending, true, mark);
  }

  private boolean exact() {
    return reportedBy(Source.NOTIFICATION) && width().isZero();
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
