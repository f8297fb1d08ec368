package dev.imfexporter.watch.outage;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.watch.fact.ServiceFact.LogRecord;
import dev.imfexporter.watch.fact.ServiceFact.StateObserved;
import dev.imfexporter.watch.fact.Transition;
import dev.imfexporter.watch.fact.Transition.Mark;
import dev.imfexporter.watch.model.Boot;
import dev.imfexporter.watch.model.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The transitions of one service in the order of their times, by the combined evidence of all
 * sources. The result depends only on what is added and its order, so that facts can be replayed.
 */
final class Timeline {
  /** How many transitions are kept, the newest. */
  static final int LIMIT = 256;

  /** Of an outage that does not end, the begin and the newest attempts to start are kept. */
  private static final int BEGIN_OF_AN_OUTAGE = 8;

  private final List<Transition> transitions = new ArrayList<>();
  private Past past = Past.NOTHING;
  private @Nullable LogRecord heard;
  private long serials;

  /** What remains of transitions that are not kept. */
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

  /** The summary of all transitions, also of those that are not kept. */
  Past all() {
    Past all = past;
    for (Transition transition : transitions) {
      all = all.with(transition);
    }
    return all;
  }

  /**
   * Adds an observation, or merges it into the transition that it reports; false if it adds
   * nothing.
   */
  boolean add(StateObserved seen) {
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
        seen.source() == Source.POLL
            ? append(Transition.of(seen))
            : place(Transition.of(seen), seen.source());
    if (changed && record != null) {
      heard = record;
    }
    return changed;
  }

  /** Adds that the service was stopped when the host went down, unless it was stopped already. */
  void stopImplied(Boot boot) {
    Transition stop =
        new Transition(
            0,
            ServiceState.STOPPED,
            boot.down(),
            Optional.of(boot.down().minus(Transition.TOLERANCE)),
            boot.down(),
            Set.of(Source.EVENT),
            Optional.empty(),
            false,
            Mark.NONE);
    int place = place(lastReported(Source.EVENT) + 1, stop);
    ServiceState before = before(place);
    if (before != null && before != ServiceState.STOPPED) {
      place(stop, Source.EVENT);
    }
  }

  /** Appends a transition of an earlier run as it is. */
  void keep(Transition transition) {
    Transition kept = transition.serial() == 0 ? transition.numbered(serial()) : transition;
    serials = Math.max(serials, kept.serial());
    transitions.add(kept);
  }

  void restore(Past before, Optional<LogRecord> record, long used) {
    past = before;
    heard = record.orElse(null);
    serials = Math.max(serials, used);
  }

  /** Returns the next serial of a transition. */
  long serial() {
    return ++serials;
  }

  /** How many serials are used. */
  long serials() {
    return serials;
  }

  /** The records of the log are numbered anew. */
  void forgetRecords() {
    heard = null;
  }

  void replace(int index, Transition transition) {
    transitions.set(index, transition);
  }

  /** Removes all transitions of a service that is not installed any more. */
  void clear() {
    Past all = all();
    transitions.clear();
    past = new Past(null, false, all.lastStop(), all.lastStart(), all.until());
  }

  /**
   * Whether there is hardly room left behind a transition, so that what ended has to be settled.
   */
  boolean crowded(int since) {
    return transitions.size() - since > LIMIT - 16;
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

  private boolean place(Transition seen, Source source) {
    // A source reports in order: this is later than all that it reported before.
    int from = lastReported(source) + 1;
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

  /**
   * No service goes from RUNNING to START_PENDING: the log reported the end of this start first.
   */
  private boolean overtaken(int place, Transition seen) {
    if (place == 0 || seen.state() != ServiceState.START_PENDING) {
      return false;
    }
    Transition running = transitions.get(place - 1);
    return running.state() == ServiceState.RUNNING
        && running.sources().equals(Set.of(Source.EVENT))
        && running.mark() == Mark.NONE
        && running.near(seen);
  }

  /** 7031 and 7036 report the same stop, in either order. */
  private boolean sameEnding(int index, Transition seen) {
    Transition known = transitions.get(index);
    Transition combined = known.ending(seen.ending());
    if (!known.near(seen) || combined.equals(known)) {
      return false;
    }
    transitions.set(index, combined);
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
    transitions.add(place, between(place - 1, seen, place).numbered(serial()));
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

  private int lastReported(Source source) {
    int last = transitions.size() - 1;
    while (last >= 0 && !transitions.get(last).reportedBy(source)) {
      last--;
    }
    return last;
  }

  private @Nullable ServiceState before(int place) {
    return place == 0 ? past.state() : transitions.get(place - 1).state();
  }
}
