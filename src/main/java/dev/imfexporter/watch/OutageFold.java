package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.reading.Meaning.Control;
import dev.imfexporter.watch.ServiceFact.Booted;
import dev.imfexporter.watch.ServiceFact.Cause;
import dev.imfexporter.watch.ServiceFact.Told;
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

/** Makes outages of a timeline. */
final class OutageFold {
  /** A stop control that is followed by the stop within this time caused it. */
  private static final Duration STOP_TAKES = Duration.ofMinutes(10);

  /** A control is logged when it is sent, which its effect may precede by a rounded second. */
  private static final Duration ROUNDED = Duration.ofSeconds(2);

  private final String service;
  private final List<Told> controls;
  private final List<Booted> boots;

  OutageFold(String service, List<Told> controls, List<Booted> boots) {
    this.service = service;
    this.controls = controls;
    this.boots = boots;
  }

  /** The outages in a timeline that are not settled, in their order; only the last may be open. */
  List<Outage> outages(Timeline timeline) {
    List<Outage> outages = new ArrayList<>();
    @Nullable Open open = null;
    @Nullable ServiceState state = timeline.base();
    Instant before = Instant.MIN;
    for (Transition transition : timeline.transitions()) {
      if (!transition.settled()) {
        if (open == null && begins(state, transition)) {
          Instant began = began(transition, before);
          open = new Open(began, !began.equals(transition.at()));
        }
        if (open != null) {
          open.enter(transition);
          if (transition.state() == ServiceState.RUNNING) {
            outages.add(open.outage(Optional.of(transition)));
            open = null;
          }
        }
      }
      state = transition.state();
      before = transition.at();
    }
    if (open != null) {
      outages.add(open.outage(Optional.empty()));
    }
    return outages;
  }

  /** Whether it was left RUNNING for this; of an unknown state, the log's "stopped" says so. */
  private static boolean begins(@Nullable ServiceState from, Transition to) {
    return to.state() != ServiceState.RUNNING
        && (from == ServiceState.RUNNING
            || (from == null
                && to.state() == ServiceState.STOPPED
                && to.toldBy(Witness.EVENT)));
  }

  /** Of a service whose stopping nobody saw, the order to stop tells when it began. */
  private Instant began(Transition first, Instant before) {
    if (first.state() != ServiceState.STOPPED) {
      return first.at();
    }
    return controls.stream()
        .filter(told -> told.control() == Control.STOP)
        .map(Told::at)
        .filter(at -> at.isAfter(before) && at.isBefore(first.at()))
        .filter(at -> !at.isBefore(first.at().minus(STOP_TAKES)))
        .min(Instant::compareTo)
        .orElse(first.at());
  }

  /** An outage while it is put together, with the ends of its phases as far as they were seen. */
  private final class Open {
    private final Instant began;
    private final Set<Witness> witnesses = EnumSet.noneOf(Witness.class);
    private boolean stopping;
    private boolean crash;
    private boolean recovering;
    private @Nullable Instant stopped;
    private @Nullable Instant starting;

    Open(Instant began, boolean ordered) {
      this.began = began;
      this.stopping = ordered;
    }

    void enter(Transition transition) {
      witnesses.addAll(transition.witnesses());
      switch (transition.state()) {
        case STOP_PENDING -> stopping |= stopped == null;
        case STOPPED -> {
          // A start that failed is part of the time in which it was down.
          starting = null;
          if (stopped == null) {
            stopped = transition.at();
            Optional<Cause> cause = transition.cause();
            crash = cause.isPresent() && cause.get() != Cause.SHUTDOWN;
          }
          recovering |= transition.cause().equals(Optional.of(Cause.CRASH_RECOVERING));
        }
        case START_PENDING -> starting = transition.at();
        case RUNNING, PAUSE_PENDING, PAUSED, CONTINUE_PENDING -> {}
      }
    }

    Outage outage(Optional<Transition> running) {
      Optional<Instant> ended =
          running.map(t -> t.at().isBefore(began) ? began : t.at());
      Instant until = ended.orElse(Instant.MAX);
      boolean booted = boots.stream().anyMatch(b -> !b.up().isBefore(began) && b.up().isBefore(until));
      return new Outage(
          service,
          began,
          ended,
          phases(ended),
          witnesses,
          crash && !booted,
          booted,
          ended.map(this::startedBy));
    }

    private Map<Phase, Duration> phases(Optional<Instant> ended) {
      Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
      if (stopping && stopped != null) {
        put(phases, Phase.STOP, began, stopped);
      }
      if (stopped != null && starting != null) {
        put(phases, Phase.DOWN, stopped, starting);
      }
      if (starting != null && ended.isPresent()) {
        put(phases, Phase.START, starting, ended.get());
      }
      return phases;
    }

    private static void put(Map<Phase, Duration> phases, Phase phase, Instant from, Instant to) {
      if (!to.isBefore(from)) {
        phases.put(phase, Duration.between(from, to));
      }
    }

    private StartedBy startedBy(Instant running) {
      Instant from = stopped == null ? began : stopped;
      Optional<Instant> boot =
          boots.stream()
              .map(Booted::up)
              .filter(up -> !up.isBefore(began) && !up.isAfter(running))
              .max(Instant::compareTo);
      boolean byUser =
          controls.stream()
              .filter(told -> told.byUser() && told.control() == Control.START)
              .map(Told::at)
              .anyMatch(
                  at ->
                      !at.isBefore(boot.orElse(from).minus(ROUNDED))
                          && !at.isAfter(running.plus(ROUNDED)));
      if (byUser) {
        return StartedBy.ADMINISTRATOR;
      }
      if (boot.isPresent()) {
        return StartedBy.BOOT;
      }
      return recovering ? StartedBy.RECOVERY_ACTION : StartedBy.UNATTRIBUTED;
    }
  }
}
