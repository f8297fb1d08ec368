package dev.imfexporter.watch.outage;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.watch.fact.ServiceFact;
import dev.imfexporter.watch.fact.ServiceFact.ControlSent;
import dev.imfexporter.watch.fact.ServiceFact.LogRecord;
import dev.imfexporter.watch.fact.ServiceFact.ServiceTotals;
import dev.imfexporter.watch.fact.ServiceFact.SourcesDisagreed;
import dev.imfexporter.watch.fact.ServiceFact.StartModeObserved;
import dev.imfexporter.watch.fact.ServiceFact.StateObserved;
import dev.imfexporter.watch.fact.ServiceFact.TransitionRetained;
import dev.imfexporter.watch.fact.Transition;
import dev.imfexporter.watch.fact.Transition.Mark;
import dev.imfexporter.watch.model.Boot;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.outage.OutageFold.Found;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state of one service that outlasts the program; see {@link ServiceRecords}. */
final class ServiceRecord {
  private static final int CONTROLS = 32;

  private final String service;
  private final List<Boot> boots;
  private final Timeline timeline = new Timeline();
  private final List<ControlSent> controls = new ArrayList<>();

  private long restarts;
  private Duration restartTime = Duration.ZERO;
  private long disagreements;
  private Optional<Instant> lastCrash = Optional.empty();
  private Optional<Outage> lastSettled = Optional.empty();
  private @Nullable StartModeObserved mode;
  private Optional<Instant> downgraded = Optional.empty();
  private @Nullable List<Found> found;

  /**
   * @param boots of the host; read on demand
   */
  ServiceRecord(String service, List<Boot> boots) {
    this.service = service;
    this.boots = boots;
  }

  Timeline timeline() {
    return timeline;
  }

  /** Outages that are not settled, in the order of their begins; only the last can be open. */
  List<Found> unsettled() {
    List<Found> known = found;
    if (known == null) {
      known = OutageFold.of(service, timeline, controls, boots);
      found = known;
    }
    return known;
  }

  /** The oldest unsettled outage, which is cheaper to find than all; empty when there is none. */
  Optional<Found> firstUnsettled() {
    List<Found> known = found;
    return known == null
        ? OutageFold.first(service, timeline, controls, boots)
        : known.stream().findFirst();
  }

  /** The outage that has no end; empty while the service runs. */
  Optional<Outage> open() {
    List<Found> all = unsettled();
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(all.get(all.size() - 1).outage()).filter(o -> o.ended().isEmpty());
  }

  private void changed() {
    found = null;
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
        .map(Found::outage)
        .filter(Outage::crash)
        .map(Outage::began)
        .reduce((a, b) -> b)
        .or(() -> lastCrash);
  }

  Optional<StartMode> mode() {
    return Optional.ofNullable(mode).map(StartModeObserved::mode);
  }

  /** When the start mode became what it is, as far as known. */
  Optional<Instant> modeSince() {
    return Optional.ofNullable(mode).map(StartModeObserved::at);
  }

  /**
   * When the start mode last became weaker: from automatic to manual or disabled, or from manual to
   * disabled. Empty when it never did, and while it is automatic.
   */
  Optional<Instant> downgraded() {
    return downgraded;
  }

  /** Whether it was ever seen to run. */
  boolean ran() {
    return timeline.all().ran();
  }

  @Nullable ServiceState state() {
    return timeline.state();
  }

  /** Whether the timeline has the evidence of this log record of a control. */
  boolean has(LogRecord record) {
    return controls.stream().anyMatch(known -> known.record().equals(record))
        || timeline.heard().filter(record::upTo).isPresent();
  }

  boolean observe(StateObserved seen) {
    boolean adds = timeline.add(seen);
    if (adds) {
      changed();
    }
    return adds;
  }

  void stopImplied(Boot boot) {
    timeline.stopImplied(boot);
    changed();
  }

  /** Counts an outage, which is always the oldest that ended and is not settled. */
  void settle(Outage outage) {
    firstUnsettled().filter(first -> first.end().isPresent()).ifPresent(this::mark);
    restarts++;
    restartTime = restartTime.plus(outage.total().orElse(Duration.ZERO));
    lastSettled = Optional.of(outage);
    if (outage.crash()) {
      lastCrash = Optional.of(outage.began());
    }
    Instant end = outage.ended().orElse(outage.began());
    controls.removeIf(control -> control.latest().isBefore(end.minus(Transition.TOLERANCE)));
    changed();
  }

  private void mark(Found settled) {
    mark(settled.begin(), Mark.BEGIN);
    settled.end().ifPresent(end -> mark(end, Mark.END));
  }

  private void mark(int index, Mark as) {
    timeline.replace(index, timeline.transitions().get(index).marked(as));
  }

  void add(ControlSent control) {
    controls.add(control);
    if (controls.size() > CONTROLS) {
      controls.remove(0);
    }
    changed();
  }

  void disagree(SourcesDisagreed fact) {
    disagreements++;
    for (int i = 0; i < timeline.transitions().size(); i++) {
      Transition transition = timeline.transitions().get(i);
      if (transition.state() == fact.state() && transition.at().equals(fact.at())) {
        timeline.replace(i, transition.dispute());
      }
    }
  }

  void mode(StartModeObserved seen) {
    StartModeObserved last = mode;
    if (seen.mode().automatic()) {
      downgraded = Optional.empty();
    } else if (last != null && strength(seen.mode()) <= strength(last.mode())) {
      // The same mode once more corrects the time.
      downgraded = Optional.of(seen.at());
    }
    mode = seen;
  }

  private static int strength(StartMode mode) {
    return mode.automatic() ? 2 : mode == StartMode.MANUAL ? 1 : 0;
  }

  void remove() {
    timeline.clear();
    controls.clear();
    changed();
  }

  void restore(ServiceTotals totals) {
    restarts = totals.restarts();
    restartTime = totals.restartTime();
    disagreements = totals.disagreements();
    lastCrash = totals.lastCrash();
    downgraded = totals.downgraded();
    timeline.restore(
        new Timeline.Past(
            totals.state().orElse(null),
            totals.ran(),
            totals.lastStop().orElse(null),
            totals.lastStart().orElse(null),
            totals.until().orElse(null)),
        totals.heard(),
        totals.serials());
    changed();
  }

  void keep(TransitionRetained retained) {
    timeline.keep(retained.transition());
    changed();
  }

  /** Facts that replay to the same state, behind the facts of the settled outages. */
  List<ServiceFact> summary() {
    List<ServiceFact> facts = new ArrayList<>();
    StartModeObserved known = mode;
    if (known != null) {
      facts.add(known);
    }
    Timeline.Past past = timeline.past();
    facts.add(
        new ServiceTotals(
            service,
            restarts,
            restartTime,
            disagreements,
            lastCrash,
            downgraded,
            Optional.ofNullable(past.state()),
            past.ran(),
            Optional.ofNullable(past.lastStop()),
            Optional.ofNullable(past.lastStart()),
            Optional.ofNullable(past.until()),
            timeline.heard(),
            timeline.serials()));
    timeline.transitions().forEach(kept -> facts.add(new TransitionRetained(service, kept)));
    facts.addAll(controls);
    return facts;
  }
}
