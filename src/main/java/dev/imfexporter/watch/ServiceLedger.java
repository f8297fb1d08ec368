package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.watch.OutageFold.Found;
import dev.imfexporter.watch.ServiceFact.Disagreed;
import dev.imfexporter.watch.ServiceFact.Ending;
import dev.imfexporter.watch.ServiceFact.LogRecord;
import dev.imfexporter.watch.ServiceFact.Ordered;
import dev.imfexporter.watch.ServiceFact.Removed;
import dev.imfexporter.watch.ServiceFact.Settled;
import dev.imfexporter.watch.ServiceFact.Sighted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the witnesses of one service tell while the program runs: it makes facts of what adds to the
 * {@link ServiceRecord}. All times are by the exporter's clock.
 */
final class ServiceLedger {
  /** {@code dwWin32ExitCode} values (System Error Codes 1000-1299). */
  private static final long ERROR_PROCESS_ABORTED = 1067;

  private static final long ERROR_SERVICE_NEVER_STARTED = 1077;
  private static final Duration RECENT = Duration.ofMinutes(15);

  private final String service;
  private final ServiceRecord record;
  private final Consumer<ServiceFact> tell;
  private final ModeWatch mode;

  private Optional<ServiceStatus> status = Optional.empty();
  private boolean looked;
  private boolean ranSinceBoot;
  private @Nullable Look lastLook;
  private @Nullable Instant coveredSince;
  private @Nullable Instant endedSince;

  /** The newest proof of a state. */
  private record Look(ServiceState state, Instant asked, Instant seen) {}

  /**
   * @param tell enters a fact into the record, if it adds to it
   */
  ServiceLedger(String service, ServiceRecord record, Consumer<ServiceFact> tell) {
    this.service = service;
    this.record = record;
    this.tell = tell;
    mode = new ModeWatch(service, record, tell);
  }

  String name() {
    return service;
  }

  ServiceRecord record() {
    return record;
  }

  ModeWatch mode() {
    return mode;
  }

  Optional<ServiceStatus> status() {
    return status;
  }

  /**
   * Takes a poll into account; true if it shows another state than the one before.
   *
   * @param asked a look that was asked for before the newest transition says nothing
   */
  boolean polled(Optional<ServiceStatus> look, Instant asked, Instant seen) {
    Transition newest = record.timeline().newest();
    if (newest != null && asked.isBefore(newest.known())) {
      status = looked ? status : look;
      looked = true;
      return false;
    }
    boolean changed = state(status) != state(look) || !looked;
    ranSinceBoot =
        looked
            ? ranSinceBoot && look.isPresent()
            : look.filter(ServiceLedger::hasRunSinceBoot).isPresent();
    looked = true;
    status = look;
    if (look.isEmpty()) {
      remove();
      return changed;
    }
    ServiceState state = look.get().state();
    ServiceState before = record.state();
    if (before == null) {
      sighted(state, Witness.POLL, seen, Optional.empty(), Optional.empty());
    } else if (before != state) {
      Instant since = lastProof(before);
      Optional<Ending> ending =
          look.get().exitCode() == ERROR_PROCESS_ABORTED ? ending(look.get()) : Optional.empty();
      sighted(state, Witness.POLL, seen, Optional.of(positive(since, seen)), ending);
    }
    lastLook = new Look(state, asked, seen);
    return changed;
  }

  /** Takes a notification into account; true if it shows another state than before. */
  boolean notified(ServiceStatus now, Instant seen) {
    boolean changed = state(status) != now.state() || !looked;
    ServiceState before = record.state();
    // The first one of a run tells how it is, and not that it has just become so.
    Optional<Duration> margin =
        Optional.ofNullable(before)
            .map(state -> looked ? Duration.ZERO : positive(lastProof(state), seen));
    status = Optional.of(now);
    looked = true;
    sighted(
        now.state(),
        Witness.NOTIFICATION,
        seen,
        margin,
        before == null ? Optional.empty() : ending(now));
    lastLook = new Look(now.state(), seen, seen);
    return changed;
  }

  /** Takes an event of a final state into account. */
  void logged(
      ServiceState state, Optional<Ending> ending, Instant at, Duration margin, LogRecord logged) {
    tell.accept(
        new Sighted(
            service, state, Witness.EVENT, at, Optional.of(margin), Optional.of(logged), ending));
    settle(ended -> false);
  }

  /** Takes an event of a control into account. */
  void ordered(boolean start, Instant at, Duration margin, LogRecord logged) {
    // Where the service was seen to leave, the order to do so adds nothing.
    if (!record.heard(logged) && (start || record.state() != ServiceState.STOP_PENDING)) {
      tell.accept(new Ordered(service, start, at, margin, logged));
    }
  }

  /** Whether the host reports this service's changes now. */
  void covered(boolean reported, Instant at) {
    if (!reported) {
      coveredSince = null;
    } else if (coveredSince == null) {
      coveredSince = at;
    }
  }

  /**
   * The newest transition was told by a poll and should have been by a notification, unless it may
   * be older than those.
   */
  void unreported() {
    Transition newest = record.timeline().newest();
    Instant since = coveredSince;
    if (newest != null
        && !newest.disputed()
        && since != null
        && newest.earliest().filter(at -> !at.isBefore(since)).isPresent()) {
      disagree(newest);
    }
  }

  /**
   * All events up to a time are known.
   *
   * @param since from when on they are known without a gap, as far as this program saw
   */
  void caughtUp(Instant asked, Instant since, List<Boot> boots) {
    reconcile(asked);
    new CrossCheck(asked, since, coveredSince, boots)
        .disputed(record.timeline())
        .forEach(this::disagree);
  }

  /** A look proves what the events leave out. */
  private void reconcile(Instant asked) {
    Look look = lastLook;
    Transition newest = record.timeline().newest();
    if (look == null
        || newest == null
        || newest.state() == look.state()
        || newest.known().isAfter(look.asked())
        || look.seen().plus(Transition.TOLERANCE).isAfter(asked)) {
      return;
    }
    Duration margin = positive(newest.at(), look.seen());
    sighted(look.state(), Witness.POLL, look.seen(), Optional.of(margin), Optional.empty());
  }

  private void disagree(Transition told) {
    tell.accept(new Disagreed(service, told.state(), told.at()));
  }

  /** Counts ended outages, oldest first, as long as they are ripe or there is no room to wait. */
  void settle(Predicate<Found> ripe) {
    // Each settling makes the next one the first; no more than there can be, whatever happens.
    for (int left = Timeline.LIMIT; left > 0; left--) {
      Found first = record.firstUnsettled().orElse(null);
      if (first == null || first.end().isEmpty()) {
        return;
      }
      if (!record.timeline().crowded(first.begin()) && !ripe.test(first)) {
        return;
      }
      tell.accept(new Settled(first.outage()));
      endedSince = null;
    }
  }

  /** For how long an outage that ended has been waiting to be settled; zero if none has. */
  Duration waiting(Instant now) {
    boolean ended = !record.unsettled().isEmpty() && record.unsettled().get(0).end().isPresent();
    if (!ended) {
      endedSince = null;
      return Duration.ZERO;
    }
    if (endedSince == null) {
      endedSince = now;
    }
    return positive(endedSince, now);
  }

  void shift(Duration by) {
    Look look = lastLook;
    lastLook =
        look == null ? null : new Look(look.state(), look.asked().plus(by), look.seen().plus(by));
    coveredSince = coveredSince == null ? null : coveredSince.plus(by);
    endedSince = endedSince == null ? null : endedSince.plus(by);
    mode.shift(by);
  }

  /**
   * What is known by now.
   *
   * @param start empty when not known
   * @param witness what watches the service now
   * @param recent how many settled outages began within the last 15 minutes
   */
  ServiceHistory history(Optional<StartMode> start, Witness witness, Instant now, long recent) {
    List<Found> unsettled = record.unsettled();
    Timeline.Past all = record.timeline().all();
    boolean wanted =
        all.ran()
            ? !start.equals(Optional.of(StartMode.DISABLED))
            : ranSinceBoot && start.map(StartMode::automatic).orElse(false);
    return new ServiceHistory(
        service,
        status,
        witness,
        unsettled.stream()
            .filter(found -> found.end().isEmpty() && state(status) != ServiceState.RUNNING)
            .map(found -> found.outage().began())
            .findFirst(),
        wanted && state(status) == ServiceState.STOPPED,
        Optional.ofNullable(all.lastStop()),
        Optional.ofNullable(all.lastStart()),
        unsettled.stream()
            .map(Found::outage)
            .filter(outage -> outage.ended().isPresent())
            .reduce((a, b) -> b)
            .or(record::lastSettled),
        record.restarts(),
        record.restartTime(),
        record.lastCrash(),
        recent + unsettled.stream().filter(found -> recent(found.outage(), now)).count(),
        record.leftAutomatic(),
        record.disagreements());
  }

  static boolean recent(Outage outage, Instant now) {
    return outage.began().plus(RECENT).isAfter(now);
  }

  private void remove() {
    lastLook = null;
    if (record.state() != null) {
      settle(ended -> true);
      tell.accept(new Removed(service));
    }
  }

  private Instant lastProof(ServiceState state) {
    Transition newest = record.timeline().newest();
    Instant since = newest == null ? Instant.MIN : newest.at();
    Look look = lastLook;
    return look != null && look.state() == state && look.asked().isAfter(since)
        ? look.asked()
        : since;
  }

  private void sighted(
      ServiceState state,
      Witness witness,
      Instant at,
      Optional<Duration> margin,
      Optional<Ending> ending) {
    tell.accept(new Sighted(service, state, witness, at, margin, Optional.empty(), ending));
    settle(ended -> false);
  }

  /**
   * What the first look proves. A service that is stopped with another code than "never started
   * since the boot" has run, be it days ago: whether it should still do so, its start mode tells.
   */
  private static boolean hasRunSinceBoot(ServiceStatus status) {
    return status.state() == ServiceState.STOPPED
        && status.exitCode() != ERROR_SERVICE_NEVER_STARTED;
  }

  private static Optional<Ending> ending(ServiceStatus status) {
    if (status.state() != ServiceState.STOPPED
        || status.exitCode() == 0
        || status.exitCode() == ERROR_SERVICE_NEVER_STARTED) {
      return Optional.empty();
    }
    return Optional.of(
        status.exitCode() == ERROR_PROCESS_ABORTED ? Ending.TERMINATED : Ending.ERROR);
  }

  private static @Nullable ServiceState state(Optional<ServiceStatus> status) {
    return status.map(ServiceStatus::state).orElse(null);
  }

  private static Duration positive(Instant from, Instant to) {
    return from.isBefore(to) ? Duration.between(from, to) : Duration.ZERO;
  }
}
