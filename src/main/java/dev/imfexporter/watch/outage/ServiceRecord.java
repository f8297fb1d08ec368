package dev.imfexporter.watch.outage;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.watch.fact.ServiceFact;
import dev.imfexporter.watch.fact.ServiceFact.ControlSent;
import dev.imfexporter.watch.fact.ServiceFact.LogRecord;
import dev.imfexporter.watch.fact.ServiceFact.ServiceTotals;
import dev.imfexporter.watch.fact.ServiceFact.SourcesDisagreed;
import dev.imfexporter.watch.fact.ServiceFact.StartFailed;
import dev.imfexporter.watch.fact.ServiceFact.StateObserved;
import dev.imfexporter.watch.fact.ServiceFact.TransitionRetained;
import dev.imfexporter.watch.fact.Transition;
import dev.imfexporter.watch.fact.Transition.Mark;
import dev.imfexporter.watch.model.Boot;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.ServiceHistory.Typical;
import dev.imfexporter.watch.outage.OutageFold.UnsettledOutage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The state of one service that outlasts the program; see {@link ServiceRecords}. */
final class ServiceRecord {
  private final String service;
  private final List<Boot> boots;
  private final Collection<Outage> settledOfAll;
  private final Timeline timeline;
  private final StartModes startModes = new StartModes();

  private StartLog log = StartLog.EMPTY;
  private long restarts;
  private Duration restartTime = Duration.ZERO;
  private long disagreements;
  private Optional<Instant> lastCrash = Optional.empty();
  private Optional<Outage> lastSettled;
  private Instant forgotten = Instant.MIN;
  private @Nullable List<UnsettledOutage> unsettled;
  private @Nullable Typical typical;

  /**
   * @param boots of the host; read on demand
   * @param settledOfAll the settled outages of all services, also from before the service was
   *     forgotten; read on demand
   * @param serials how many are used already
   */
  ServiceRecord(String service, List<Boot> boots, Collection<Outage> settledOfAll, long serials) {
    this.service = service;
    this.boots = boots;
    this.settledOfAll = settledOfAll;
    timeline = new Timeline(serials);
    lastSettled = settled().reduce((a, b) -> b);
  }

  private Stream<Outage> settled() {
    return settledOfAll.stream().filter(outage -> outage.service().equalsIgnoreCase(service));
  }

  Timeline timeline() {
    return timeline;
  }

  /** Outages that are not settled, in the order of their begins; only the last can be open. */
  List<UnsettledOutage> unsettled() {
    List<UnsettledOutage> known = unsettled;
    if (known == null) {
      known = List.copyOf(fold(Integer.MAX_VALUE));
      unsettled = known;
    }
    return known;
  }

  /** The oldest unsettled outage, which is cheaper to find than all; empty when there is none. */
  Optional<UnsettledOutage> oldestUnsettled() {
    return (unsettled == null ? fold(1) : unsettled).stream().findFirst();
  }

  private List<UnsettledOutage> fold(int most) {
    return OutageFold.of(
        service, timeline.transitions(), timeline.past().state(), log, boots, most);
  }

  /** The outage that has no end; empty while the service runs. */
  Optional<Outage> open() {
    List<UnsettledOutage> all = unsettled();
    return all.isEmpty() || all.get(all.size() - 1).isOver()
        ? Optional.empty()
        : Optional.of(all.get(all.size() - 1).outage());
  }

  /** How long its restarts usually take; derived once after each change. */
  Typical typical() {
    Typical known = typical;
    if (known == null) {
      Stream<Outage> over =
          unsettled().stream().filter(UnsettledOutage::isOver).map(UnsettledOutage::outage);
      known = Typical.of(Stream.concat(settled(), over).toList());
      typical = known;
    }
    return known;
  }

  private void changed() {
    unsettled = null;
    typical = null;
  }

  long restarts() {
    return restarts;
  }

  Duration restartTime() {
    return restartTime;
  }

  long disagreements() {
    return disagreements;
  }

  Optional<Outage> lastSettled() {
    return lastSettled;
  }

  Optional<Instant> lastCrash() {
    return unsettled().stream()
        .map(UnsettledOutage::outage)
        .filter(Outage::crash)
        .map(Outage::began)
        .reduce((a, b) -> b)
        .or(() -> lastCrash);
  }

  StartModes startModes() {
    return startModes;
  }

  @Nullable ServiceState state() {
    return timeline.state();
  }

  /** Whether the evidence of this log record of a control or of a failed start is known. */
  boolean has(LogRecord record) {
    return log.has(record) || timeline.newestRecord().filter(record::upTo).isPresent();
  }

  boolean observe(StateObserved seen) {
    boolean adds = timeline.add(seen);
    if (adds) {
      changed();
    }
    return adds;
  }

  void addShutdown(Boot boot) {
    timeline.addShutdown(boot);
    changed();
  }

  /** Whether an outage was counted and is not kept any more. */
  boolean hasForgotten(Outage outage) {
    return !outage.began().isAfter(forgotten);
  }

  /** An outage that was counted is not kept any more. */
  void forget(Outage outage) {
    forgotten = outage.began().isAfter(forgotten) ? outage.began() : forgotten;
    typical = null;
  }

  /**
   * Settles an outage, which is always the oldest that ended and is not settled.
   *
   * @param counts false if it was counted before
   */
  void settle(Outage outage, boolean counts) {
    oldestUnsettled()
        .filter(UnsettledOutage::isOver)
        .filter(oldest -> counts || oldest.outage().began().equals(outage.began()))
        .ifPresent(
            oldest -> {
              mark(oldest.begin(), Mark.BEGIN);
              mark(oldest.end(), Mark.END);
            });
    if (counts) {
      restarts++;
      restartTime = restartTime.plus(outage.total().orElse(Duration.ZERO));
      lastSettled = Optional.of(outage);
      if (outage.crash()) {
        lastCrash = Optional.of(outage.began());
      }
    }
    Instant end = outage.ended().orElse(outage.began());
    log = log.after(end.minus(Merging.TOLERANCE));
    changed();
  }

  private void mark(int index, Mark as) {
    timeline.replace(index, timeline.transitions().get(index).marked(as));
  }

  boolean add(ControlSent control) {
    return !log.has(control.record()) && changed(log.with(control));
  }

  boolean add(StartFailed failure) {
    return !log.has(failure.record()) && changed(log.with(failure));
  }

  private boolean changed(StartLog to) {
    log = to;
    changed();
    return true;
  }

  boolean disagree(SourcesDisagreed fact) {
    boolean adds = false;
    for (int i = 0; i < timeline.transitions().size(); i++) {
      Transition transition = timeline.transitions().get(i);
      if (transition.state() == fact.state()
          && transition.at().equals(fact.at())
          && !transition.disputed()) {
        timeline.replace(i, transition.dispute());
        adds = true;
      }
    }
    disagreements += adds ? 1 : 0;
    return adds;
  }

  void remove() {
    timeline.clear();
    log = StartLog.EMPTY;
    changed();
  }

  /** Totals that are older than what is known add nothing. */
  boolean restore(ServiceTotals totals) {
    long serials = timeline.serials();
    if (totals.serials() < serials
        || (serials > 0 && totals.serials() == serials && totals.restarts() < restarts)) {
      return false;
    }
    restarts = totals.restarts();
    restartTime = totals.restartTime();
    disagreements = totals.disagreements();
    lastCrash = totals.lastCrash();
    startModes.restore(totals.downgraded());
    log = StartLog.EMPTY;
    timeline.restore(
        new Timeline.Summary(
            totals.state().orElse(null),
            totals.ran(),
            totals.lastStop().orElse(null),
            totals.lastStart().orElse(null),
            totals.until().orElse(null)),
        totals.heard(),
        totals.serials());
    changed();
    return true;
  }

  boolean keep(TransitionRetained retained) {
    boolean adds = timeline.keep(retained.transition());
    if (adds) {
      changed();
    }
    return adds;
  }

  /** Facts that replay to the same state, behind the facts of the settled outages. */
  List<ServiceFact> summary() {
    List<ServiceFact> facts = new ArrayList<>(startModes.summary());
    Timeline.Summary past = timeline.past();
    facts.add(
        new ServiceTotals(
            service,
            restarts,
            restartTime,
            disagreements,
            lastCrash,
            startModes.downgraded(),
            Optional.ofNullable(past.state()),
            past.ran(),
            Optional.ofNullable(past.lastStop()),
            Optional.ofNullable(past.lastStart()),
            Optional.ofNullable(past.until()),
            timeline.newestRecord(),
            timeline.serials()));
    timeline.transitions().forEach(kept -> facts.add(new TransitionRetained(service, kept)));
    facts.addAll(log.controls());
    facts.addAll(log.failures());
    return facts;
  }
}
