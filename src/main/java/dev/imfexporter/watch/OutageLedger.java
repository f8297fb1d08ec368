package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.watch.ServiceFact.Booted;
import dev.imfexporter.watch.ServiceFact.Cause;
import dev.imfexporter.watch.ServiceFact.Seen;
import dev.imfexporter.watch.ServiceFact.Settled;
import dev.imfexporter.watch.ServiceFact.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The outages of one service, whoever tells of them and in whatever order. An outage that ended is
 * shown at once, and counted when nothing more can be learned of it. Pure: it knows only what it is
 * fed, by one thread at a time; the facts that it gives make it again.
 */
final class OutageLedger {
  /** A {@code dwWin32ExitCode} (System Error Codes 1000-1299). */
  private static final long ERROR_SERVICE_NEVER_STARTED = 1077;

  private static final long ERROR_PROCESS_ABORTED = 1067;

  /** Between a call to the service's status and the callback that tells of it. */
  private static final Duration CALLBACK = Duration.ofMillis(100);

  /** What has settled this long ago can hardly be told of by a late witness. */
  private static final Duration REMEMBERED = Duration.ofDays(8);

  private static final int MOST_CONTROLS = 32;

  private final String service;
  private final WatchPlan.Retention retention;
  private final Consumer<Fact> facts;
  private final Timeline timeline = new Timeline();
  private final Deque<Told> controls = new ArrayDeque<>();
  private final Deque<Outage> kept = new ArrayDeque<>();
  private final ServiceTotals totals;

  // What was seen in this run of the program.
  private @Nullable Moment changed;
  private Optional<ServiceStatus> status = Optional.empty();
  private @Nullable Instant agreed;

  OutageLedger(String service, WatchPlan.Retention retention, Consumer<Fact> facts) {
    this.service = service;
    this.retention = retention;
    this.facts = facts;
    this.totals = new ServiceTotals(service);
  }

  /** The newest known status; empty when the service is not installed. */
  Optional<ServiceStatus> status() {
    return status;
  }

  /** Whether anybody saw it in this run. */
  boolean looked() {
    return changed != null;
  }

  /** Takes a look into account; true if it shows another state than the one before. */
  boolean look(Observation look) {
    Moment last = changed;
    if (last != null && look.asked().isBefore(last)) {
      return false;
    }
    ServiceState before = state();
    status = look.status();
    ServiceState now = state();
    if (last == null || now != before) {
      changed = look.seen();
    }
    ran(look.seen().wall());
    agree(look.seen().wall());
    return last == null || now != before;
  }

  /** Takes a notification into account; true if it shows another state than the one before. */
  boolean notified(ServiceStatus newest, Moment seen) {
    if (changed == null) {
      return look(new Observation(Optional.of(newest), seen, seen));
    }
    ServiceState before = state();
    status = Optional.of(newest);
    if (newest.state() == before) {
      return false;
    }
    changed = seen;
    merge(
        new Seen(
            service,
            newest.state(),
            Witness.NOTIFICATION,
            seen.wall(),
            CALLBACK,
            Duration.ZERO,
            cause(newest),
            Optional.empty()),
        Merging.TOLERANCE);
    ran(seen.wall());
    agree(seen.wall());
    return true;
  }

  /** Takes an event into account, its time on the exporter's clock. */
  void logged(Seen seen, Duration tolerance) {
    merge(seen, tolerance);
    if (seen.state() == ServiceState.RUNNING) {
      totals.ran();
    }
  }

  void told(Told told) {
    if (keep(told)) {
      facts.accept(told);
    }
  }

  private boolean keep(Told told) {
    if (controls.stream().anyMatch(known -> known.event().equals(told.event()))) {
      return false;
    }
    controls.addLast(told);
    if (controls.size() > MOST_CONTROLS) {
      controls.removeFirst();
    }
    return true;
  }

  /** The host went down: whatever ran stopped then. */
  void shutDown(Instant down, Duration error) {
    ServiceState before = timeline.stateAt(down);
    if (before != null && before != ServiceState.STOPPED) {
      merge(
          new Seen(
              service,
              ServiceState.STOPPED,
              Witness.EVENT,
              down,
              error,
              error,
              Optional.of(Cause.SHUTDOWN),
              Optional.empty()),
          Duration.ZERO);
    }
  }

  /** The one final state that other witnesses than the log saw it enter about then. */
  Optional<ServiceState> enteredAt(Instant at, Duration tolerance) {
    List<ServiceState> states =
        timeline.transitions().stream()
            .filter(t -> t.state() == ServiceState.RUNNING || t.state() == ServiceState.STOPPED)
            .filter(t -> !t.toldBy(Witness.EVENT))
            .filter(t -> Duration.between(t.at(), at).abs().compareTo(tolerance) <= 0)
            .map(Transition::state)
            .distinct()
            .toList();
    return states.size() == 1 ? Optional.of(states.get(0)) : Optional.empty();
  }

  /** What the newest look shows must follow from the timeline, or else belongs at its end. */
  void agree(Instant seen) {
    ServiceState now = state();
    if (now == null) {
      if (changed != null) {
        // Whoever removes a service means it: nothing is left to come back.
        timeline.clear();
        totals.gone();
      }
      return;
    }
    if (timeline.isEmpty() && timeline.base() == null) {
      timeline.base(now);
    }
    ServiceState tail = timeline.tail().map(Transition::state).orElse(timeline.base());
    if (tail != now) {
      Instant since = timeline.tail().map(Transition::latest).orElse(Instant.MIN);
      Instant from = agreed == null || agreed.isBefore(since) ? since : agreed;
      Duration window = from.isBefore(seen) && from.isAfter(Instant.MIN) ? Duration.between(from, seen) : Duration.ZERO;
      merge(
          new Seen(
              service,
              now,
              Witness.POLL,
              seen,
              window,
              Duration.ZERO,
              status.flatMap(OutageLedger::cause),
              Optional.empty()),
          Merging.TOLERANCE);
    }
    agreed = seen;
  }

  /** Counts what can be counted. */
  void settle(Merging merging, List<Booted> boots, Instant now) {
    for (Outage outage : fold(boots)) {
      if (outage.ended().isEmpty() || !merging.settled(outage.ended().get(), now)) {
        return;
      }
      Settled fact = new Settled(outage, merging.disagreements(outage));
      replay(fact);
      facts.accept(fact);
    }
    timeline.forget(now.minus(REMEMBERED));
  }

  /** The outages that are not counted, oldest first; of these, the last may not be over. */
  List<Outage> unsettled(List<Booted> boots) {
    return fold(boots);
  }

  void mode(Optional<StartMode> mode, Instant seen) {
    mode.flatMap(m -> totals.mode(m.automatic(), seen)).ifPresent(facts);
  }

  void clockMoved(Duration by) {
    timeline.move(by);
    agreed = agreed == null ? null : agreed.plus(by);
  }

  /** The services were as known at that time, an earlier run of the program said. */
  void alive(Instant at) {
    agreed = at;
  }

  void replay(ServiceFact fact) {
    if (fact instanceof Seen seen) {
      timeline.merge(seen, Merging.TOLERANCE);
      if (seen.state() == ServiceState.RUNNING) {
        totals.ran();
      }
      totals.saw(seen);
    } else if (fact instanceof Told told) {
      keep(told);
    } else if (fact instanceof Settled settled) {
      Instant ended = settled.outage().ended().orElse(Instant.MIN);
      if (!kept.isEmpty() && !ended.isAfter(kept.getLast().ended().orElse(Instant.MIN))) {
        return; // Told twice, it counts once.
      }
      timeline.settle(ended);
      totals.add(settled);
      kept.addLast(settled.outage());
      Instant oldest = settled.outage().began().minus(retention.age());
      while (kept.size() > retention.count() || kept.getFirst().began().isBefore(oldest)) {
        kept.removeFirst();
      }
    } else {
      totals.replay(fact);
      if (fact instanceof ServiceFact.Totals sum) {
        timeline.clear();
        sum.base().ifPresent(timeline::base);
      }
    }
  }

  /** Facts that stand for all so far. */
  List<Fact> snapshot() {
    List<Fact> all = new ArrayList<>();
    kept.forEach(outage -> all.add(new Settled(outage, 0)));
    all.add(totals.fact(timeline.unsettledBase()));
    timeline.transitions().stream().filter(t -> !t.settled()).forEach(t -> all.add(t.fact()));
    all.addAll(controls);
    return all;
  }

  /**
   * What is known by now.
   *
   * @param mode empty when not known
   * @param witness what watches the service now
   */
  ServiceHistory history(
      Optional<StartMode> mode, Witness witness, List<Booted> boots, Instant now) {
    List<Outage> unsettled = fold(boots);
    List<Outage> newest = new ArrayList<>(unsettled);
    if (newest.isEmpty() && !kept.isEmpty()) {
      newest.add(kept.getLast());
    }
    Optional<Outage> last =
        newest.isEmpty() ? Optional.empty() : Optional.of(newest.get(newest.size() - 1));
    boolean runs = state() == ServiceState.RUNNING;
    return new ServiceHistory(
        service,
        status,
        witness,
        last.filter(o -> !runs && o.ended().isEmpty()).map(Outage::began),
        wanted(mode) && state() == ServiceState.STOPPED,
        totals.lastStop(),
        totals.lastStart(),
        totals.lastCrash(),
        last,
        lastRestart(unsettled),
        totals.restarts(),
        totals.restartTime(),
        recent(unsettled, now),
        totals.leftAutomatic(),
        totals.disagreements());
  }

  private long recent(List<Outage> unsettled, Instant now) {
    return Stream.concat(kept.stream(), unsettled.stream())
        .filter(outage -> outage.began().isAfter(now.minus(Merging.RECENT)))
        .count();
  }

  private Optional<Outage> lastRestart(List<Outage> unsettled) {
    Optional<Outage> newest =
        unsettled.stream().filter(o -> o.ended().isPresent()).reduce((a, b) -> b);
    return newest.isPresent() || kept.isEmpty() ? newest : Optional.of(kept.getLast());
  }

  private boolean wanted(Optional<StartMode> mode) {
    if (totals.everRan()) {
      return !mode.equals(Optional.of(StartMode.DISABLED));
    }
    // Stopped with another code than "never started since the boot", it has run, be it days ago:
    // whether it should still do so, its start mode tells.
    boolean ranSinceBoot =
        status.filter(s -> s.exitCode() != ERROR_SERVICE_NEVER_STARTED).isPresent();
    return ranSinceBoot && mode.map(StartMode::automatic).orElse(false);
  }

  private void ran(Instant at) {
    ServiceState now = state();
    boolean runs =
        now != null && now != ServiceState.STOPPED && now != ServiceState.START_PENDING;
    if (runs && !totals.everRan()) {
      totals.ran();
      facts.accept(new ServiceFact.Ran(service, at));
    }
  }

  private void merge(Seen seen, Duration tolerance) {
    if (timeline.merge(seen, tolerance)) {
      facts.accept(seen);
    }
    totals.saw(seen);
  }

  private List<Outage> fold(List<Booted> boots) {
    return new OutageFold(service, List.copyOf(controls), boots).outages(timeline);
  }

  private static Optional<Cause> cause(ServiceStatus status) {
    if (status.state() != ServiceState.STOPPED
        || status.exitCode() == 0
        || status.exitCode() == ERROR_SERVICE_NEVER_STARTED) {
      return Optional.empty();
    }
    return Optional.of(status.exitCode() == ERROR_PROCESS_ABORTED ? Cause.CRASH : Cause.ERROR);
  }

  private @Nullable ServiceState state() {
    return status.map(ServiceStatus::state).orElse(null);
  }
}
