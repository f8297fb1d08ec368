package dev.imfexporter.watch.outage;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.watch.fact.ServiceFact.Ending;
import dev.imfexporter.watch.fact.ServiceFact.StateObserved;
import dev.imfexporter.watch.fact.Transition;
import dev.imfexporter.watch.fact.Transition.Mark;
import dev.imfexporter.watch.model.Boot;
import dev.imfexporter.watch.model.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an observation reports a transition that is known, and what the combined evidence
 * is: pure functions over the transitions of one service in the order of time.
 *
 * <p>What two observations prove together does not depend on their order, with one exception: of
 * two that are equally precise, the later one gives the time; of two notifications, the first.
 */
final class Merging {
  /** Two sources may date the same transition this far apart. */
  static final Duration TOLERANCE = Duration.ofSeconds(2);

  private static final Duration UNBOUNDED = Duration.ofSeconds(Long.MAX_VALUE);

  private Merging() {}

  /**
   * What an observation changes.
   *
   * @param inserted whether the transition is inserted at the index, or replaces the one there
   */
  record Change(int index, Transition transition, boolean inserted) {}

  /**
   * What an observation changes in the transitions; empty when it adds nothing.
   *
   * @param before the state before the first transition; null when not known
   */
  static Optional<Change> add(
      List<Transition> known, @Nullable ServiceState before, StateObserved seen) {
    Transition transition = transition(seen);
    if (seen.source() != Source.POLL) {
      return place(known, before, transition, seen.source());
    }
    // A poll reports the present state, so that it is behind all that is known.
    return before(known, known.size(), before) == seen.state()
        ? Optional.empty()
        : Optional.of(inserted(known, known.size(), transition));
  }

  /** Adds that the service was stopped when the host went down, unless it was stopped already. */
  static Optional<Change> addShutdown(
      List<Transition> known, @Nullable ServiceState before, Boot boot) {
    Transition stop =
        new Transition(
            0,
            ServiceState.STOPPED,
            boot.down(),
            Optional.of(boot.down().minus(TOLERANCE)),
            boot.down(),
            Set.of(Source.EVENT),
            Optional.empty(),
            false,
            Mark.NONE);
    int index = index(known, nextOf(known, Source.EVENT), stop);
    ServiceState state = before(known, index, before);
    return state == null || state == ServiceState.STOPPED
        ? Optional.empty()
        : place(known, before, stop, Source.EVENT);
  }

  private static Transition transition(StateObserved seen) {
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

  private static Optional<Change> place(
      List<Transition> known, @Nullable ServiceState before, Transition seen, Source source) {
    int from = nextOf(known, source);
    for (int i = from; i < known.size(); i++) {
      if (isSame(known.get(i), seen)) {
        if (isStopAgain(known, from - 1, i, seen)) {
          return sameStop(known, from - 1, seen);
        }
        Transition merged = between(known, i - 1, merge(known.get(i), seen), i + 1);
        return Optional.of(new Change(i, merged, false));
      }
    }
    int index = index(known, from, seen);
    if (before(known, index, before) != seen.state()) {
      return Optional.of(
          inserted(known, isOvertaken(known, index, seen) ? index - 1 : index, seen));
    }
    return index == 0 ? Optional.empty() : sameStop(known, index - 1, seen);
  }

  /**
   * Whether a source reports a stop again, as events 7034 and 7036 do: it reported no start in
   * between, and the later stop, which other sources saw behind the next start, is not nearer.
   */
  private static boolean isStopAgain(
      List<Transition> known, int reported, int later, Transition seen) {
    return reported >= 0
        && seen.state() == ServiceState.STOPPED
        && known.get(reported).state() == ServiceState.STOPPED
        && known.subList(reported, later).stream().anyMatch(t -> t.state() == ServiceState.RUNNING)
        && gap(known.get(reported), seen).compareTo(gap(known.get(later), seen)) <= 0;
  }

  /** The time between both; zero if their times overlap. */
  private static Duration gap(Transition one, Transition other) {
    // One of the two is zero.
    return gapBehind(one, other).plus(gapBehind(other, one));
  }

  private static Duration gapBehind(Transition first, Transition next) {
    return next.earliest()
        .filter(first.latest()::isBefore)
        .map(from -> Duration.between(first.latest(), from))
        .orElse(Duration.ZERO);
  }

  /** A source reports in order: its next report is later than all its reports before. */
  private static int nextOf(List<Transition> known, Source source) {
    int next = known.size();
    while (next > 0 && !known.get(next - 1).reportedBy(source)) {
      next--;
    }
    return next;
  }

  /** Whether both can be the same transition: their times overlap, or nearly so. */
  static boolean isSame(Transition known, Transition seen) {
    return known.state() == seen.state() && isNear(known, seen);
  }

  private static boolean isNear(Transition known, Transition seen) {
    if (seen.reportedBy(Source.NOTIFICATION)
        && known.reportedBy(Source.POLL)
        && seen.at().isAfter(known.latest())) {
      // Both by the same clock: the poll saw the state before the notification came.
      return false;
    }
    return isUpTo(known.earliest(), seen.latest().plus(TOLERANCE))
        && isUpTo(seen.earliest(), known.latest().plus(TOLERANCE));
  }

  /** The combined evidence of two that are the same; the more precise one gives the time. */
  static Transition merge(Transition known, Transition seen) {
    boolean finer = width(seen).compareTo(width(known)) <= 0;
    Transition winner = finer && !isExact(known) ? seen : known;
    Optional<Instant> from = later(known.earliest(), seen.earliest());
    Instant to = known.latest().isBefore(seen.latest()) ? known.latest() : seen.latest();
    boolean overlap = isUpTo(from, to);
    Instant at = winner.at().isAfter(to) ? to : winner.at();
    return new Transition(
        known.serial(),
        known.state(),
        overlap ? from.filter(at::isBefore).orElse(at) : winner.at(),
        overlap ? from : winner.earliest(),
        overlap ? to : winner.latest(),
        sources(known, seen),
        graver(known.ending(), seen.ending()),
        known.disputed(),
        known.mark());
  }

  /** A first poll that finds the state of an earlier transition did not observe the transition. */
  private static Set<Source> sources(Transition known, Transition seen) {
    Set<Source> sources = EnumSet.noneOf(Source.class);
    if (known.dated() || !seen.dated()) {
      sources.addAll(known.sources());
    }
    if (seen.dated() || !known.dated()) {
      sources.addAll(seen.sources());
    }
    return sources;
  }

  private static boolean isExact(Transition transition) {
    return transition.reportedBy(Source.NOTIFICATION) && width(transition).isZero();
  }

  private static Duration width(Transition transition) {
    return transition
        .earliest()
        .map(from -> Duration.between(from, transition.latest()))
        .orElse(UNBOUNDED);
  }

  /** Events 7031 and 7036 report the same stop, in either order. */
  private static Optional<Change> sameStop(List<Transition> known, int index, Transition seen) {
    Transition stop = known.get(index);
    Transition combined = stop.ending(graver(stop.ending(), seen.ending()));
    return isNear(stop, seen) && !combined.equals(stop)
        ? Optional.of(new Change(index, combined, false))
        : Optional.empty();
  }

  private static int index(List<Transition> known, int from, Transition seen) {
    int index = from;
    while (index < known.size() && !known.get(index).at().isAfter(seen.at())) {
      index++;
    }
    // Within the second of an event, STOPPED comes behind the STOP_PENDING that led to it.
    for (int i = index; i < known.size() && !known.get(i).at().isAfter(seen.latest()); i++) {
      if (leads(known.get(i).state(), seen.state())) {
        return i + 1;
      }
    }
    return index;
  }

  private static boolean leads(ServiceState pending, ServiceState state) {
    return switch (pending) {
      case STOP_PENDING -> state == ServiceState.STOPPED;
      case START_PENDING, CONTINUE_PENDING -> state == ServiceState.RUNNING;
      case PAUSE_PENDING -> state == ServiceState.PAUSED;
      case STOPPED, RUNNING, PAUSED -> false;
    };
  }

  /**
   * No service goes from RUNNING to START_PENDING: the log reported the end of this start first.
   */
  private static boolean isOvertaken(List<Transition> known, int index, Transition seen) {
    if (index == 0 || seen.state() != ServiceState.START_PENDING) {
      return false;
    }
    Transition running = known.get(index - 1);
    return running.state() == ServiceState.RUNNING
        && running.sources().equals(Set.of(Source.EVENT))
        && running.mark() == Mark.NONE
        && isNear(running, seen);
  }

  private static Change inserted(List<Transition> known, int index, Transition seen) {
    return new Change(index, between(known, index - 1, seen, index), true);
  }

  /** Moves the time of a transition between those of its neighbours. */
  private static Transition between(
      List<Transition> known, int before, Transition transition, int after) {
    Instant at = transition.at();
    if (after < known.size() && at.isAfter(known.get(after).at())) {
      at = known.get(after).at();
    }
    if (before >= 0 && at.isBefore(known.get(before).at())) {
      at = known.get(before).at();
    }
    return transition.at(at);
  }

  private static @Nullable ServiceState before(
      List<Transition> known, int index, @Nullable ServiceState before) {
    return index == 0 ? before : known.get(index - 1).state();
  }

  private static boolean isUpTo(Optional<Instant> from, Instant to) {
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
    return a.get().compareTo(b.get()) >= 0 ? a : b;
  }
}
