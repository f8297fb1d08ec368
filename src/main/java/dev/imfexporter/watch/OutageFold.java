package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.watch.ServiceFact.Ordered;
import dev.imfexporter.watch.Transition.Mark;
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

/** Makes outages of transitions; those that are settled are passed over. */
final class OutageFold {
  /** From one look to the next, when somebody looks. */
  private static final Duration LONGEST_LOOK = Duration.ofMinutes(1);

  private final String service;
  private final List<Ordered> orders;
  private final List<Boot> boots;
  private final List<Found> found = new ArrayList<>();

  private @Nullable ServiceState before;
  private @Nullable Instant running;
  private @Nullable Open open;
  private boolean settled;

  /**
   * An outage that is not settled.
   *
   * @param begin where its first transition is in the timeline
   * @param end where its last is; empty while it lasts
   * @param known from when on witnesses who are asked have seen its end
   */
  record Found(Outage outage, int begin, Optional<Integer> end, Instant known) {}

  private OutageFold(String service, Timeline timeline, List<Ordered> orders, List<Boot> boots) {
    this.service = service;
    this.orders = orders;
    this.boots = boots;
    before = timeline.past().state();
  }

  /** In the order of their begins; only the last can be without an end. */
  static List<Found> of(String service, Timeline timeline, List<Ordered> orders, List<Boot> boots) {
    return upTo(Integer.MAX_VALUE, service, timeline, orders, boots);
  }

  /** The first of them, which is cheaper than all; empty when there is none. */
  static Optional<Found> first(
      String service, Timeline timeline, List<Ordered> orders, List<Boot> boots) {
    return upTo(1, service, timeline, orders, boots).stream().findFirst();
  }

  private static List<Found> upTo(
      int most, String service, Timeline timeline, List<Ordered> orders, List<Boot> boots) {
    OutageFold fold = new OutageFold(service, timeline, orders, boots);
    List<Transition> transitions = timeline.transitions();
    for (int i = 0; i < transitions.size(); i++) {
      fold.next(i, transitions.get(i));
      if (fold.found.size() == most) {
        return fold.found;
      }
    }
    fold.rest();
    return fold.found;
  }

  private void next(int index, Transition transition) {
    if (settled || transition.mark() != Mark.NONE) {
      // What was learned of a settled outage too late belongs to it and changes nothing.
      settled = transition.mark() != Mark.END && (settled || transition.mark() == Mark.BEGIN);
      open = null;
    } else {
      if (open == null && leaves(transition)) {
        open = new Open(index, transition, running);
      }
      if (open != null) {
        open.next(transition);
        if (transition.state() == ServiceState.RUNNING) {
          found.add(open.found(index, transition));
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
    if (to.state() == ServiceState.RUNNING) {
      return false;
    }
    // Whoever is seen to enter another state without more knowledge has left RUNNING for it.
    return before == ServiceState.RUNNING
        || (before == null && to.dated() && to.state() != ServiceState.START_PENDING);
  }

  private void rest() {
    if (open != null) {
      found.add(open.found(-1, null));
    }
  }

  /** An outage under way, with the ends of its phases as far as they were seen. */
  private final class Open {
    final int index;
    final Transition first;
    final @Nullable Instant running;
    final Set<Witness> witnesses = EnumSet.noneOf(Witness.class);
    final List<Transition> stops = new ArrayList<>();
    boolean stopPending;
    @Nullable Transition startPending;

    Open(int index, Transition first, @Nullable Instant running) {
      this.index = index;
      this.first = first;
      this.running = running;
    }

    void next(Transition transition) {
      witnesses.addAll(transition.witnesses());
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

    /** One that was found after nobody had looked for a while says nothing of phases. */
    private static boolean isTimed(Transition pending) {
      return pending
          .earliest()
          .filter(from -> !from.plus(LONGEST_LOOK).isBefore(pending.latest()))
          .isPresent();
    }

    Found found(int end, @Nullable Transition last) {
      Optional<Ordered> order = stopOrder();
      Instant began = order.map(this::ordered).orElse(first.at());
      Attribution attribution = new Attribution(orders, boots, began, stops);
      Outage outage =
          new Outage(
              service,
              began,
              Optional.ofNullable(last).map(Transition::at),
              last == null ? Map.of() : phases(began, order.isPresent(), last.at()),
              witnesses,
              !stopPending && order.isEmpty() && attribution.failed(),
              attribution.shutdown(last),
              Optional.ofNullable(last).map(attribution::startedBy));
      Instant known = last == null ? first.known() : last.known();
      return new Found(outage, index, last == null ? Optional.empty() : Optional.of(end), known);
    }

    /** The order that the service obeyed when it stopped, unless its leaving was seen itself. */
    private Optional<Ordered> stopOrder() {
      if (first.state() != ServiceState.STOPPED) {
        return Optional.empty();
      }
      return Attribution.stopOrder(orders, running, first);
    }

    private Instant ordered(Ordered order) {
      Instant at = order.at().isAfter(first.at()) ? first.at() : order.at();
      return running != null && at.isBefore(running) ? running : at;
    }

    private Map<Phase, Duration> phases(Instant began, boolean ordered, Instant ended) {
      Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
      Transition start = startPending;
      if (!stops.isEmpty()) {
        Instant stopped = stops.get(0).at();
        if (stopPending || ordered) {
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

    /** Both ends by one look, or by one second of the log, are no phase that anybody saw. */
    private static void put(Map<Phase, Duration> phases, Phase phase, Instant from, Instant to) {
      if (to.isAfter(from)) {
        phases.put(phase, Duration.between(from, to));
      }
    }
  }
}
