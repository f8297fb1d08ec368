package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.watch.ServiceFact.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The states that one service entered, in the order of time, merged from what its witnesses tell in
 * whatever order they come. Each witness tells of a transition at most once, and of several in
 * their order.
 */
final class Timeline {
  /** Enough for a service that flaps for an hour. */
  private static final int MOST = 256;

  private final List<Transition> transitions = new ArrayList<>();
  private @Nullable ServiceState base;
  private @Nullable Instant settled;

  /** The state before the first transition; null when nobody knows. */
  @Nullable ServiceState base() {
    return base;
  }

  void base(ServiceState state) {
    base = state;
  }

  /** The state before the first transition that is not settled; empty when nobody knows. */
  Optional<ServiceState> unsettledBase() {
    ServiceState state = base;
    for (Transition transition : transitions) {
      if (!transition.settled()) {
        break;
      }
      state = transition.state();
    }
    return Optional.ofNullable(state);
  }

  boolean isEmpty() {
    return transitions.isEmpty();
  }

  List<Transition> transitions() {
    return Collections.unmodifiableList(transitions);
  }

  /** The newest state that is known to have been entered. */
  Optional<Transition> tail() {
    return transitions.isEmpty()
        ? Optional.empty()
        : Optional.of(transitions.get(transitions.size() - 1));
  }

  /** The state at that time; null when nobody knows. */
  @Nullable ServiceState stateAt(Instant at) {
    ServiceState state = base;
    for (Transition transition : transitions) {
      if (transition.at().isAfter(at)) {
        break;
      }
      state = transition.state();
    }
    return state;
  }

  /**
   * Takes what a witness tells into account.
   *
   * @param tolerance by how much clocks and reports may be off beyond the sighting's own margins
   * @return whether that must not be forgotten
   */
  boolean merge(Seen seen, Duration tolerance) {
    if (seen.event().isPresent()
        && transitions.stream().anyMatch(t -> t.toldBy(seen.event().get()))) {
      return false;
    }
    int first = lastToldBy(seen.witness()) + 1;
    if (first > 0 && transitions.get(first - 1).near(seen, tolerance)) {
      return transitions.get(first - 1).add(seen); // Two records of one stop, as 7034 and 7036.
    }
    for (int i = first; i < transitions.size(); i++) {
      Transition transition = transitions.get(i);
      if (!transition.toldBy(seen.witness()) && transition.near(seen, tolerance)) {
        return transition.add(seen);
      }
    }
    return insert(seen, first);
  }

  private int lastToldBy(Witness witness) {
    for (int i = transitions.size() - 1; i >= 0; i--) {
      if (transitions.get(i).toldBy(witness)) {
        return i;
      }
    }
    return -1;
  }

  private boolean insert(Seen seen, int first) {
    int index = transitions.size();
    while (index > first && transitions.get(index - 1).at().isAfter(seen.at())) {
      index--;
    }
    ServiceState before = index > 0 ? transitions.get(index - 1).state() : base;
    boolean counted = settled != null && !seen.at().isAfter(settled.plus(tolerance));
    if (index == transitions.size() && counted && seen.witness() == Witness.EVENT) {
      return false;
    }
    if (before == seen.state() && (counted || !transitions.isEmpty())) {
      // It was in that state already: a checkpoint, or a time that is off by more than can be.
      return index > 0
          && !transitions.get(index - 1).toldBy(seen.witness())
          && transitions.get(index - 1).add(seen);
    }
    if (index < transitions.size() && transitions.get(index).settled()) {
      return false; // What lies before a settled transition is settled too.
    }
    if (index == 0) {
      base = null;
    }
    transitions.add(index, new Transition(seen));
    if (transitions.size() > MOST) {
      base = transitions.remove(0).state();
    }
    return true;
  }

  /** Everything up to that time is counted: what a late witness tells of it is no news. */
  void settle(Instant until) {
    settled = settled == null || until.isAfter(settled) ? until : settled;
    for (Transition transition : transitions) {
      if (!transition.at().isAfter(until)) {
        transition.settle();
      }
    }
  }

  void clear() {
    transitions.clear();
    base = null;
  }

  void move(Duration by) {
    transitions.forEach(transition -> transition.move(by));
  }

  /** Forgets what is settled and older, but for what a late witness may still tell of. */
  void forget(Instant before) {
    while (transitions.size() > 1
        && transitions.get(0).settled()
        && transitions.get(1).settled()
        && transitions.get(0).at().isBefore(before)) {
      base = transitions.remove(0).state();
    }
  }
}
