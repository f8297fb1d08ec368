package dev.imfexporter.watch.outage;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.watch.fact.ServiceFact.ControlSent;
import dev.imfexporter.watch.fact.Transition;
import dev.imfexporter.watch.fact.Transition.Mark;
import dev.imfexporter.watch.model.Boot;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Derives outages from transitions: a pure function. Outages that are settled are skipped. */
final class OutageFold {
  /** The longest time between two polls while the host is watched. */
  private static final Duration LONGEST_POLL = Duration.ofMinutes(1);

  private final String service;
  private final StartLog log;
  private final List<Boot> boots;
  private final List<UnsettledOutage> outages = new ArrayList<>();

  private @Nullable ServiceState before;
  private @Nullable Instant running;
  private @Nullable Open open;
  private boolean settled;

  /**
   * An outage that is not settled.
   *
   * @param begin index of its first transition
   * @param end index of its last; -1 while it lasts
   * @param superseded the time from which on a poll is newer evidence than its end
   */
  record UnsettledOutage(Outage outage, int begin, int end, Instant superseded) {
    boolean isOver() {
      return outage.ended().isPresent();
    }
  }

  private OutageFold(
      String service, @Nullable ServiceState before, StartLog log, List<Boot> boots) {
    this.service = service;
    this.before = before;
    this.log = log;
    this.boots = boots;
  }

  /**
   * The outages in the order of their begins; only the last can be without an end.
   *
   * @param before the state before the first transition; null when not known
   * @param log of the service
   * @param most how many outages are wanted, the oldest; fewer are cheaper
   */
  static List<UnsettledOutage> of(
      String service,
      List<Transition> transitions,
      @Nullable ServiceState before,
      StartLog log,
      List<Boot> boots,
      int most) {
    OutageFold fold = new OutageFold(service, before, log, boots);
    for (int i = 0; i < transitions.size(); i++) {
      fold.next(i, transitions.get(i));
      if (fold.outages.size() == most) {
        return fold.outages;
      }
    }
    if (fold.open != null) {
      fold.outages.add(fold.open.outage(-1, null));
    }
    return fold.outages;
  }

  private void next(int index, Transition transition) {
    if (settled || transition.mark() != Mark.NONE) {
      // Evidence of a settled outage that came late belongs to it and changes nothing.
      settled = transition.mark() != Mark.END && (settled || transition.mark() == Mark.BEGIN);
      open = null;
    } else {
      if (open == null && leaves(transition)) {
        open = new Open(index, transition, running);
      }
      if (open != null) {
        open.next(transition);
        if (transition.state() == ServiceState.RUNNING) {
          outages.add(open.outage(index, transition));
          open = null;
        }
      }
    }
    before = transition.state();
    if (transition.state() == ServiceState.RUNNING) {
      running = transition.at();
    }
  }

  private boolean leaves(Transition to) {
    if (runs(to.state())) {
      return false;
    }
    // A service that enters another state without a known state before has left RUNNING.
    return before == null ? to.dated() && to.state() != ServiceState.START_PENDING : runs(before);
  }

  /** A paused service keeps its connections: that is no outage. */
  private static boolean runs(ServiceState state) {
    return state == ServiceState.RUNNING || state.isPaused();
  }

  /** An outage under way, with the ends of its phases as far as they were observed. */
  private final class Open {
    final int index;
    final Transition first;
    final @Nullable Instant running;
    final Set<Source> sources = EnumSet.noneOf(Source.class);
    final List<Transition> stops = new ArrayList<>();
    long number = Long.MAX_VALUE;
    boolean stopPending;
    @Nullable Transition startPending;

    Open(int index, Transition first, @Nullable Instant running) {
      this.index = index;
      this.first = first;
      this.running = running;
    }

    void next(Transition transition) {
      sources.addAll(transition.sources());
      number = Math.min(number, transition.serial());
      switch (transition.state()) {
        case STOP_PENDING -> stopPending |= stops.isEmpty();
        case STOPPED -> {
          // A start that failed is part of the time in which it was down.
          startPending = null;
          stops.add(transition);
        }
        case START_PENDING -> startPending = isTimed(transition) ? transition : null;
        case RUNNING, PAUSE_PENDING, PAUSED, CONTINUE_PENDING -> {}
      }
    }

    /**
     * The time of a state that was found after a longer time without polls is too uncertain; it may
     * have begun long before.
     */
    private static boolean isTimed(Transition pending) {
      return pending
          .earliest()
          .filter(from -> !from.plus(LONGEST_POLL).isBefore(pending.latest()))
          .isPresent();
    }

    UnsettledOutage outage(int end, @Nullable Transition last) {
      Optional<ControlSent> control = stopControl();
      Instant began = control.map(this::controlled).orElse(first.at());
      Attribution attribution = new Attribution(log, boots, began, stops);
      Outage outage =
          new Outage(
              service,
              number,
              began,
              Optional.ofNullable(last).map(Transition::at),
              last == null ? Map.of() : phases(began, control.isPresent(), last.at()),
              sources,
              !stopPending && control.isEmpty() && attribution.failed(),
              attribution.shutdown(last),
              Optional.ofNullable(last).map(attribution::startedBy));
      Instant superseded = last == null ? first.superseded() : last.superseded();
      return new UnsettledOutage(outage, index, end, superseded);
    }

    /** The control that stopped the service, unless STOP_PENDING itself was observed. */
    private Optional<ControlSent> stopControl() {
      if (first.state() != ServiceState.STOPPED) {
        return Optional.empty();
      }
      return Attribution.stopControl(log.controls(), running, first);
    }

    private Instant controlled(ControlSent control) {
      Instant at = control.at().isAfter(first.at()) ? first.at() : control.at();
      return running != null && at.isBefore(running) ? running : at;
    }

    private Map<Phase, Duration> phases(Instant began, boolean controlled, Instant ended) {
      Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
      Transition start = startPending;
      if (!stops.isEmpty()) {
        Instant stopped = stops.get(0).at();
        if (controlled || (stopPending && isTimed(first))) {
          put(phases, Phase.STOP, began, stopped);
        }
        if (start != null) {
          put(phases, Phase.DOWN, stopped, start.at());
        }
      }
      if (start != null) {
        put(phases, Phase.START, start.at(), ended);
      }
      return phases;
    }

    /** A phase with both ends in one poll, or in one second of the log, was not measured. */
    private static void put(Map<Phase, Duration> phases, Phase phase, Instant from, Instant to) {
      if (to.isAfter(from)) {
        phases.put(phase, Duration.between(from, to));
      }
    }
  }
}
