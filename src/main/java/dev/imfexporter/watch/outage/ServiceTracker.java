package dev.imfexporter.watch.outage;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.watch.clock.DatedEvent;
import dev.imfexporter.watch.fact.ServiceFact.ControlSent;
import dev.imfexporter.watch.fact.ServiceFact.Ending;
import dev.imfexporter.watch.fact.ServiceFact.OutageSettled;
import dev.imfexporter.watch.fact.ServiceFact.ServiceRemoved;
import dev.imfexporter.watch.fact.ServiceFact.SourcesDisagreed;
import dev.imfexporter.watch.fact.ServiceFact.StateObserved;
import dev.imfexporter.watch.fact.Transition;
import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.outage.OutageFold.UnsettledOutage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the sources report of one service during a run into facts of its {@link
 * ServiceRecord}. All times are on the axis.
 */
final class ServiceTracker {
  private final String service;
  private final ServiceRecords records;
  private final ServiceRecord record;
  private final StartModeTracker mode;

  private Optional<ServiceStatus> status = Optional.empty();
  private boolean seen;
  private boolean ranSinceBoot;
  private @Nullable Proof lastProof;
  private @Nullable Instant notifiedSince;
  private @Nullable Instant endedSince;

  /** The newest poll or notification, with the time at which it was requested. */
  private record Proof(ServiceState state, Instant asked, Instant seen) {}

  ServiceTracker(String service, ServiceRecords records) {
    this.service = service;
    this.records = records;
    record = records.service(service);
    mode = new StartModeTracker(service, records);
  }

  String name() {
    return service;
  }

  ServiceRecord record() {
    return record;
  }

  StartModeTracker mode() {
    return mode;
  }

  /** The newest status that a poll or a notification of this run reported. */
  Optional<ServiceStatus> status() {
    return status;
  }

  /**
   * Whether a poll or a notification of this run reported its state, or that it is not installed.
   */
  boolean isSeen() {
    return seen;
  }

  /**
   * Whether its exit code shows that it ran since the boot, at a time before the first poll. A
   * service that never started has the code 1077.
   */
  boolean ranSinceBoot() {
    return ranSinceBoot;
  }

  /**
   * Takes a poll into account; true if it shows another state than the one before.
   *
   * @param polled empty when the service is not installed
   * @param asked a poll that was requested before the newest transition is ignored
   */
  boolean polled(Optional<ServiceStatus> polled, Instant asked, Instant at) {
    Transition newest = record.timeline().newest();
    if (newest != null && asked.isBefore(newest.superseded())) {
      status = seen ? status : polled;
      seen = true;
      return false;
    }
    boolean changed = state(status) != state(polled) || !seen;
    ranSinceBoot =
        seen
            ? ranSinceBoot && polled.isPresent()
            : polled.filter(ServiceTracker::hasRunSinceBoot).isPresent();
    seen = true;
    status = polled;
    ServiceState before = record.state();
    // A service that was removed is out until it is installed again and runs.
    ServiceState state = polled.map(ServiceStatus::state).orElse(ServiceState.STOPPED);
    if (before == null) {
      if (polled.isPresent()) {
        observed(state, Source.POLL, at, Optional.empty(), Optional.empty());
      }
    } else if (before != state) {
      Instant since = lastProof(before);
      Optional<Ending> ending =
          polled.filter(ServiceStatus::aborted).flatMap(ServiceTracker::ending);
      observed(state, Source.POLL, at, Optional.of(positive(since, at)), ending);
    }
    lastProof = polled.isEmpty() ? null : new Proof(state, asked, at);
    return changed;
  }

  /** Takes a notification into account; true if it shows another state than before. */
  boolean notified(ServiceStatus now, Instant at) {
    boolean changed = state(status) != now.state() || !seen;
    ServiceState before = record.state();
    // The first one of a run reports the present state, which may have lasted for any time.
    Optional<Duration> margin =
        Optional.ofNullable(before)
            .map(state -> seen ? Duration.ZERO : positive(lastProof(state), at));
    status = Optional.of(now);
    seen = true;
    observed(
        now.state(),
        Source.NOTIFICATION,
        at,
        margin,
        before == null ? Optional.empty() : ending(now));
    lastProof = new Proof(now.state(), at, at);
    return changed;
  }

  /** Takes an event of a final state into account. */
  void logged(ServiceState state, Optional<Ending> ending, DatedEvent event) {
    records.add(
        new StateObserved(
            service,
            state,
            Source.EVENT,
            event.at(),
            Optional.of(event.margin()),
            Optional.of(EventLogSource.record(event)),
            ending));
    if (record.timeline().isCrowded(0)) {
      settle(ended -> false);
    }
  }

  /** Takes an event of a control into account. */
  void controlled(boolean start, DatedEvent event) {
    // After STOP_PENDING was observed, the control to stop adds nothing.
    if (!record.has(EventLogSource.record(event))
        && (start || record.state() != ServiceState.STOP_PENDING)) {
      records.add(
          new ControlSent(
              service, start, event.at(), event.margin(), EventLogSource.record(event)));
    }
  }

  /** Whether the host sends notifications of this service now. */
  void setNotified(boolean notified, Instant at) {
    if (!notified) {
      notifiedSince = null;
    } else if (notifiedSince == null) {
      notifiedSince = at;
    }
  }

  /**
   * A poll reported the newest transition, and a notification should have done so, unless the
   * transition may be older than the notifications.
   */
  void notNotified() {
    Transition newest = record.timeline().newest();
    Instant since = notifiedSince;
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
   * @param since the time from which on they are known without a gap
   */
  void caughtUp(Instant asked, Instant since) {
    reconcile(asked);
    new SourceConflicts(asked, since, notifiedSince, records.boots())
        .in(record.timeline().transitions())
        .forEach(this::disagree);
  }

  /** A poll proves a state that the events do not report. */
  private void reconcile(Instant asked) {
    Proof proof = lastProof;
    Transition newest = record.timeline().newest();
    if (proof == null
        || newest == null
        || newest.state() == proof.state()
        || newest.superseded().isAfter(proof.asked())
        || proof.seen().plus(Merging.TOLERANCE).isAfter(asked)) {
      return;
    }
    Duration margin = positive(newest.at(), proof.seen());
    observed(proof.state(), Source.POLL, proof.seen(), Optional.of(margin), Optional.empty());
  }

  private void disagree(Transition transition) {
    records.add(new SourcesDisagreed(service, transition.state(), transition.at()));
  }

  /** Counts ended outages, oldest first, as long as they are ripe or the timeline is full. */
  void settle(Predicate<UnsettledOutage> ripe) {
    // Each settling makes the next one the first; the bound guards against a defect.
    for (int left = Timeline.LIMIT; left > 0; left--) {
      UnsettledOutage oldest = record.oldestUnsettled().orElse(null);
      if (oldest == null
          || !oldest.isOver()
          || !(record.timeline().isCrowded(oldest.begin()) || ripe.test(oldest))) {
        return;
      }
      records.add(new OutageSettled(oldest.outage()));
      endedSince = null;
    }
  }

  /** How long an ended outage has been waiting to be settled; zero if none is. */
  Duration waiting(Instant now) {
    if (record.unsettled().isEmpty() || !record.unsettled().get(0).isOver()) {
      endedSince = null;
      return Duration.ZERO;
    }
    if (endedSince == null) {
      endedSince = now;
    }
    return positive(endedSince, now);
  }

  /** The service is not watched any more; true if it was before. */
  boolean remove() {
    boolean changed = status.isPresent();
    status = Optional.empty();
    lastProof = null;
    ranSinceBoot = false;
    if (record.state() != null) {
      settle(ended -> true);
      records.add(new ServiceRemoved(service));
    }
    return changed;
  }

  /** The newest time at which the service was known to be in the state. */
  private Instant lastProof(ServiceState state) {
    Transition newest = record.timeline().newest();
    Instant since = newest == null ? Instant.MIN : newest.at();
    Proof proof = lastProof;
    return proof != null && proof.state() == state && proof.asked().isAfter(since)
        ? proof.asked()
        : since;
  }

  private void observed(
      ServiceState state,
      Source source,
      Instant at,
      Optional<Duration> margin,
      Optional<Ending> ending) {
    records.add(new StateObserved(service, state, source, at, margin, Optional.empty(), ending));
    if (record.timeline().isCrowded(0)) {
      settle(ended -> false);
    }
  }

  private static boolean hasRunSinceBoot(ServiceStatus status) {
    return status.state() == ServiceState.STOPPED && !status.neverStarted();
  }

  private static Optional<Ending> ending(ServiceStatus status) {
    if (status.state() != ServiceState.STOPPED || status.exitCode() == 0 || status.neverStarted()) {
      return Optional.empty();
    }
    return Optional.of(status.aborted() ? Ending.TERMINATED : Ending.ERROR);
  }

  static @Nullable ServiceState state(Optional<ServiceStatus> status) {
    return status.map(ServiceStatus::state).orElse(null);
  }

  private static Duration positive(Instant from, Instant to) {
    return from.isBefore(to) ? Duration.between(from, to) : Duration.ZERO;
  }
}
