package dev.imfexporter.watch.outage;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.watch.fact.ServiceFact.LogRecord;
import dev.imfexporter.watch.fact.ServiceFact.StateObserved;
import dev.imfexporter.watch.fact.Transition;
import dev.imfexporter.watch.fact.Transition.Mark;
import dev.imfexporter.watch.model.Boot;
import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.outage.Merging.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
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
  private Summary past = Summary.NOTHING;
  private @Nullable Summary all;
  private @Nullable LogRecord newestRecord;
  private long serials;

  /**
   * A summary of transitions.
   *
   * @param state the newest; null when not known
   * @param ran whether the service was seen to run
   * @param lastStop when it last became STOPPED, by a transition whose time is known
   * @param lastStart when it last became RUNNING, by a transition whose time is known
   * @param until the time of the newest transition
   */
  record Summary(
      @Nullable ServiceState state,
      boolean ran,
      @Nullable Instant lastStop,
      @Nullable Instant lastStart,
      @Nullable Instant until) {
    static final Summary NOTHING = new Summary(null, false, null, null, null);

    Summary with(Transition next) {
      Instant dated = next.dated() ? next.at() : null;
      return new Summary(
          next.state(),
          ran || provesThatItRan(next.state()),
          next.state() == ServiceState.STOPPED && dated != null ? dated : lastStop,
          next.state() == ServiceState.RUNNING && dated != null ? dated : lastStart,
          next.at());
    }

    private static boolean provesThatItRan(ServiceState state) {
      return switch (state) {
        case RUNNING, STOP_PENDING, PAUSE_PENDING, PAUSED, CONTINUE_PENDING -> true;
        case STOPPED, START_PENDING -> false;
      };
    }
  }

  /**
   * @param serials how many are used already
   */
  Timeline(long serials) {
    this.serials = serials;
  }

  List<Transition> transitions() {
    return Collections.unmodifiableList(transitions);
  }

  /** The summary of the transitions that are not kept. */
  Summary past() {
    return past;
  }

  /** The newest log record that reported the service; empty when none did. */
  Optional<LogRecord> newestRecord() {
    return Optional.ofNullable(newestRecord);
  }

  @Nullable Transition newest() {
    return transitions.isEmpty() ? null : transitions.get(transitions.size() - 1);
  }

  /** The newest known state; null when none is. */
  @Nullable ServiceState state() {
    Transition newest = newest();
    return newest == null ? past.state() : newest.state();
  }

  /** The state at a time; null when it is not known. */
  @Nullable ServiceState stateAt(Instant time) {
    ServiceState state = past.state();
    for (Transition transition : transitions) {
      if (transition.at().isAfter(time)) {
        return state;
      }
      state = transition.state();
    }
    return state;
  }

  /** The summary of all transitions, also of those that are not kept. */
  Summary all() {
    Summary known = all;
    if (known == null) {
      known = past;
      for (Transition transition : transitions) {
        known = known.with(transition);
      }
      all = known;
    }
    return known;
  }

  /**
   * Adds an observation, or merges it into the transition that it reports; false if it adds
   * nothing.
   */
  boolean add(StateObserved seen) {
    LogRecord record = seen.record().orElse(null);
    if (record == null ? isOvertaken(seen.at()) : isOld(record, seen.latest())) {
      return false;
    }
    Optional<Change> change = Merging.add(transitions, past.state(), seen);
    change.ifPresent(this::apply);
    if (change.isPresent() && record != null) {
      newestRecord = record;
    }
    return change.isPresent();
  }

  private boolean isOld(LogRecord record, Instant latest) {
    return (newestRecord != null && record.upTo(newestRecord))
        || (past.until() != null && latest.isBefore(past.until()));
  }

  /**
   * Polls and notifications come in the order of time, so that one from before the newest of them
   * is told again. The axis may go back by less when a clock is adjusted.
   */
  private boolean isOvertaken(Instant at) {
    for (int i = transitions.size() - 1; i >= 0; i--) {
      Transition known = transitions.get(i);
      if (!known.sources().equals(Set.of(Source.EVENT))) {
        return known.latest().isAfter(at.plus(Merging.TOLERANCE));
      }
    }
    return false;
  }

  /** Adds that the service was stopped when the host went down, unless it was stopped already. */
  void addShutdown(Boot boot) {
    Merging.addShutdown(transitions, past.state(), boot).ifPresent(this::apply);
  }

  private void apply(Change change) {
    if (change.inserted()) {
      transitions.add(change.index(), change.transition().numbered(serial()));
      if (transitions.size() > LIMIT) {
        trim();
      }
    } else {
      transitions.set(change.index(), change.transition());
    }
    all = null;
  }

  private void trim() {
    boolean settled = transitions.stream().anyMatch(t -> t.mark() == Mark.END);
    if (settled || transitions.get(0).state() == ServiceState.RUNNING) {
      past = past.with(transitions.remove(0));
    } else {
      transitions.remove(BEGIN_OF_AN_OUTAGE);
    }
  }

  /** Appends a transition of an earlier run as it is; false if it is known or forgotten. */
  boolean keep(Transition transition) {
    boolean forgotten = !transitions.isEmpty() && transition.at().isBefore(transitions.get(0).at());
    boolean known =
        transitions.stream()
            .anyMatch(
                each -> each.serial() == transition.serial() && Merging.isSame(each, transition));
    if (forgotten || (known && transition.serial() != 0)) {
      return false;
    }
    Transition kept = transition.serial() == 0 ? transition.numbered(serial()) : transition;
    serials = Math.max(serials, kept.serial());
    transitions.add(kept);
    all = null;
    return true;
  }

  /** Restores what an earlier run had before the transitions that it kept, in place of all. */
  void restore(Summary before, Optional<LogRecord> record, long used) {
    transitions.clear();
    past = before;
    newestRecord = record.orElse(null);
    serials = Math.max(serials, used);
    all = null;
  }

  /** Returns the next serial of a transition. */
  long serial() {
    return ++serials;
  }

  /** How many serials are used. */
  long serials() {
    return serials;
  }

  /** The records of the log are numbered from 1 again. */
  void forgetRecords() {
    newestRecord = null;
  }

  /** Replaces a transition by one that differs in its mark or dispute alone. */
  void replace(int index, Transition transition) {
    transitions.set(index, transition);
  }

  /** Removes all transitions of a service that is not installed any more. */
  void clear() {
    Summary former = all();
    transitions.clear();
    past = new Summary(null, false, former.lastStop(), former.lastStart(), former.until());
    all = null;
  }

  /**
   * Whether there is hardly room left behind a transition, so that what ended has to be settled.
   */
  boolean isCrowded(int since) {
    return transitions.size() - since > LIMIT - 16;
  }
}
