package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.watch.ServiceFact.LogRecord;
import dev.imfexporter.watch.ServiceFact.Sighted;
import dev.imfexporter.watch.Transition.Mark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The transitions of one service in the order of their times, as all witnesses together know them.
 * What it becomes depends only on what it is told, so it can be told again.
 */
final class Timeline {
  /** Transitions that are remembered, the newest. */
  static final int LIMIT = 256;

  /** Of an outage that never ends, its begin and its last attempts matter. */
  private static final int BEGIN_OF_AN_OUTAGE = 8;

  private final List<Transition> transitions = new ArrayList<>();
  private Past past = Past.NOTHING;
  private @Nullable LogRecord heard;

  /** What remains of transitions that are not remembered. */
  record Past(
      @Nullable ServiceState state,
      boolean ran,
      @Nullable Instant lastStop,
      @Nullable Instant lastStart,
      @Nullable Instant until) {
    static final Past NOTHING = new Past(null, false, null, null, null);

    Past with(Transition gone) {
      Instant dated = gone.dated() ? gone.at() : null;
      return new Past(
          gone.state(),
          ran || provesThatItRan(gone.state()),
          gone.state() == ServiceState.STOPPED && dated != null ? dated : lastStop,
          gone.state() == ServiceState.RUNNING && dated != null ? dated : lastStart,
          gone.at());
    }
  }

  List<Transition> transitions() {
    return transitions;
  }

  Past past() {
    return past;
  }

  Optional<LogRecord> heard() {
    return Optional.ofNullable(heard);
  }

  @Nullable Transition newest() {
    return transitions.isEmpty() ? null : transitions.get(transitions.size() - 1);
  }

  /** The newest known state; null when none is. */
  @Nullable ServiceState state() {
    Transition newest = newest();
    return newest == null ? past.state() : newest.state();
  }

  /** What is known by now of everything that ever was. */
  Past all() {
    Past all = past;
    for (Transition transition : transitions) {
      all = all.with(transition);
    }
    return all;
  }

  /** Takes what a witness saw into account; false if it adds nothing. */
  boolean add(Sighted seen) {
    LogRecord record = seen.record().orElse(null);
    if (record != null) {
      if (heard != null && record.upTo(heard)) {
        return false;
      }
      if (past.until() != null && seen.latest().isBefore(past.until())) {
        return false;
      }
    }
    boolean changed =
        seen.witness() == Witness.POLL
            ? append(Transition.of(seen))
            : place(Transition.of(seen), seen.witness());
    if (changed && record != null) {
      heard = record;
    }
    return changed;
  }

  /**
   * Takes it that the service was stopped when the host went down, unless it was stopped anyway.
   */
  void stopImplied(Boot boot) {
    Transition stop =
        new Transition(
            ServiceState.STOPPED,
            boot.down(),
            Optional.of(boot.down().minus(Transition.TOLERANCE)),
            boot.down(),
            Set.of(Witness.EVENT),
            Optional.empty(),
            false,
            Mark.NONE);
    int place = place(lastTold(Witness.EVENT) + 1, stop);
    ServiceState before = before(place);
    if (before != null && before != ServiceState.STOPPED) {
      place(stop, Witness.EVENT);
    }
  }

  /** Puts a transition behind all others as it is. */
  void keep(Transition transition) {
    transitions.add(transition);
  }

  void keep(Past before, Optional<LogRecord> record) {
    past = before;
    heard = record.orElse(null);
  }

  /** The records of the log are numbered anew. */
  void forgetRecords() {
    heard = null;
  }

  void replace(int index, Transition transition) {
    transitions.set(index, transition);
  }

  /** Forgets what was: nobody misses a service that was removed. */
  void clear() {
    Past all = all();
    transitions.clear();
    past = new Past(null, false, all.lastStop(), all.lastStart(), all.until());
  }

  void shift(Duration by) {
    transitions.replaceAll(transition -> transition.shifted(by));
    past =
        new Past(
            past.state(),
            past.ran(),
            shifted(past.lastStop(), by),
            shifted(past.lastStart(), by),
            shifted(past.until(), by));
  }

  /**
   * Whether there is hardly room left behind a transition, so that what ended has to be settled.
   */
  boolean crowded(int since) {
    return transitions.size() - since > LIMIT - 16;
  }

  /** The final transitions whose time can be within the sighting's, by these witnesses. */
  List<Transition> near(Sighted seen) {
    Transition wanted = Transition.of(seen);
    return transitions.stream().filter(t -> t.near(wanted)).toList();
  }

  static boolean provesThatItRan(ServiceState state) {
    return switch (state) {
      case RUNNING, STOP_PENDING, PAUSE_PENDING, PAUSED, CONTINUE_PENDING -> true;
      case STOPPED, START_PENDING -> false;
    };
  }

  private boolean append(Transition seen) {
    if (seen.state() == state()) {
      return false;
    }
    insert(transitions.size(), seen);
    return true;
  }

  private boolean place(Transition seen, Witness witness) {
    // A witness tells in order: what it tells now comes behind all that it told before.
    int from = lastTold(witness) + 1;
    for (int i = from; i < transitions.size(); i++) {
      Transition known = transitions.get(i);
      if (known.state() == seen.state() && known.near(seen)) {
        transitions.set(i, between(i - 1, known.merge(seen), i + 1));
        return true;
      }
    }
    int place = place(from, seen);
    if (before(place) == seen.state()) {
      return place > 0 && sameEnding(place - 1, seen);
    }
    insert(overtaken(place, seen) ? place - 1 : place, seen);
    return true;
  }

  /** No service goes from RUNNING to START_PENDING: the log told of the end of this start first. */
  private boolean overtaken(int place, Transition seen) {
    if (place == 0 || seen.state() != ServiceState.START_PENDING) {
      return false;
    }
    Transition running = transitions.get(place - 1);
    return running.state() == ServiceState.RUNNING
        && running.witnesses().equals(Set.of(Witness.EVENT))
        && running.mark() == Mark.NONE
        && running.near(seen);
  }

  /** 7031 and 7036 tell of the same stop, in either order. */
  private boolean sameEnding(int index, Transition seen) {
    Transition known = transitions.get(index);
    Transition told = known.ending(seen.ending());
    if (!known.near(seen) || told.equals(known)) {
      return false;
    }
    transitions.set(index, told);
    return true;
  }

  private int place(int from, Transition seen) {
    int place = from;
    while (place < transitions.size() && !transitions.get(place).at().isAfter(seen.at())) {
      place++;
    }
    // Within the second of an event, STOPPED comes behind the STOP_PENDING that led to it.
    for (int i = place; i < transitions.size(); i++) {
      if (transitions.get(i).at().isAfter(seen.latest())) {
        break;
      }
      if (leads(transitions.get(i).state(), seen.state())) {
        return i + 1;
      }
    }
    return place;
  }

  private static boolean leads(ServiceState pending, ServiceState state) {
    return switch (pending) {
      case STOP_PENDING -> state == ServiceState.STOPPED;
      case START_PENDING, CONTINUE_PENDING -> state == ServiceState.RUNNING;
      case PAUSE_PENDING -> state == ServiceState.PAUSED;
      case STOPPED, RUNNING, PAUSED -> false;
    };
  }

  private void insert(int place, Transition seen) {
    transitions.add(place, between(place - 1, seen, place));
    if (transitions.size() > LIMIT) {
      trim();
    }
  }

  private Transition between(int before, Transition transition, int after) {
    Instant at = transition.at();
    if (after < transitions.size() && at.isAfter(transitions.get(after).at())) {
      at = transitions.get(after).at();
    }
    if (before >= 0 && at.isBefore(transitions.get(before).at())) {
      at = transitions.get(before).at();
    }
    return transition.at(at);
  }

  private void trim() {
    boolean settled = transitions.stream().anyMatch(t -> t.mark() == Mark.END);
    if (settled || transitions.get(0).state() == ServiceState.RUNNING) {
      past = past.with(transitions.remove(0));
    } else {
      transitions.remove(BEGIN_OF_AN_OUTAGE);
    }
  }

  private int lastTold(Witness witness) {
    int last = transitions.size() - 1;
    while (last >= 0 && !transitions.get(last).toldBy(witness)) {
      last--;
    }
    return last;
  }

  private @Nullable ServiceState before(int place) {
    return place == 0 ? past.state() : transitions.get(place - 1).state();
  }

  private static @Nullable Instant shifted(@Nullable Instant at, Duration by) {
    return at == null ? null : at.plus(by);
  }
}
