package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.watch.OutageFold.Found;
import dev.imfexporter.watch.ServiceFact.Disagreed;
import dev.imfexporter.watch.ServiceFact.Kept;
import dev.imfexporter.watch.ServiceFact.LogRecord;
import dev.imfexporter.watch.ServiceFact.ModeSeen;
import dev.imfexporter.watch.ServiceFact.Ordered;
import dev.imfexporter.watch.ServiceFact.Totals;
import dev.imfexporter.watch.Transition.Mark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All of a service that outlasts the program: what its facts make, and nothing else. */
final class ServiceRecord {
  private static final int ORDERS = 32;

  private final String service;
  private final List<Boot> boots;
  private final Timeline timeline = new Timeline();
  private final List<Ordered> orders = new ArrayList<>();

  private long restarts;
  private Duration restartTime = Duration.ZERO;
  private long disagreements;
  private Optional<Instant> lastCrash = Optional.empty();
  private Optional<Outage> lastSettled = Optional.empty();
  private @Nullable ModeSeen mode;
  private Optional<Instant> leftAutomatic = Optional.empty();
  private @Nullable List<Found> found;

  /**
   * @param boots the host's, which this reads whenever it has to
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
      known = OutageFold.of(service, timeline, orders, boots);
      found = known;
    }
    return known;
  }

  /** The first of them. */
  Optional<Found> firstUnsettled() {
    List<Found> known = found;
    return known == null
        ? OutageFold.first(service, timeline, orders, boots)
        : known.stream().findFirst();
  }

  /** What is known may have changed. */
  void touch() {
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
    return Optional.ofNullable(mode).map(ModeSeen::mode);
  }

  Optional<Instant> leftAutomatic() {
    return leftAutomatic;
  }

  void settle(Outage outage) {
    mark(outage);
    restarts++;
    restartTime = restartTime.plus(outage.total().orElse(Duration.ZERO));
    lastSettled = Optional.of(outage);
    if (outage.crash()) {
      lastCrash = Optional.of(outage.began());
    }
    Instant end = outage.ended().orElse(outage.began());
    orders.removeIf(order -> order.latest().isBefore(end.minus(Transition.TOLERANCE)));
    touch();
  }

  private void mark(Outage outage) {
    firstUnsettled()
        .filter(first -> isOver(first, outage))
        .or(() -> unsettled().stream().filter(other -> isOver(other, outage)).findFirst())
        .ifPresent(
            found -> {
              mark(found.begin(), Mark.BEGIN);
              found.end().ifPresent(end -> mark(end, Mark.END));
            });
  }

  private static boolean isOver(Found found, Outage outage) {
    return found.end().isPresent() && found.outage().began().equals(outage.began());
  }

  private void mark(int index, Mark as) {
    timeline.replace(index, timeline.transitions().get(index).marked(as));
  }

  /** Whether this record of an order was told before. */
  boolean heard(LogRecord record) {
    return orders.stream().anyMatch(known -> known.record().equals(record))
        || timeline.heard().filter(record::upTo).isPresent();
  }

  void add(Ordered order) {
    orders.add(order);
    if (orders.size() > ORDERS) {
      orders.remove(0);
    }
    touch();
  }

  void disagree(Disagreed fact) {
    disagreements++;
    for (int i = 0; i < timeline.transitions().size(); i++) {
      Transition transition = timeline.transitions().get(i);
      if (transition.state() == fact.state() && transition.at().equals(fact.at())) {
        timeline.replace(i, transition.dispute());
      }
    }
  }

  void mode(ModeSeen seen) {
    ModeSeen last = mode;
    if (seen.mode().automatic()) {
      leftAutomatic = Optional.empty();
    } else if (last != null && last.mode().automatic()) {
      leftAutomatic = Optional.of(seen.at());
    } else if (last != null && last.mode() == seen.mode()) {
      // Told again, to correct the time.
      leftAutomatic = Optional.of(seen.at());
    }
    mode = seen;
  }

  /** When its mode was found to be what it is. */
  Optional<Instant> modeSince() {
    return Optional.ofNullable(mode).map(ModeSeen::at);
  }

  void remove() {
    timeline.clear();
    orders.clear();
    touch();
  }

  void shift(Duration by) {
    timeline.shift(by);
    orders.replaceAll(
        order ->
            new Ordered(
                order.service(),
                order.start(),
                order.at().plus(by),
                order.margin(),
                order.record()));
    touch();
  }

  void restore(Totals totals) {
    restarts = totals.restarts();
    restartTime = totals.restartTime();
    disagreements = totals.disagreements();
    lastCrash = totals.lastCrash();
    leftAutomatic = totals.leftAutomatic();
    timeline.keep(
        new Timeline.Past(
            totals.state().orElse(null),
            totals.ran(),
            totals.lastStop().orElse(null),
            totals.lastStart().orElse(null),
            totals.until().orElse(null)),
        totals.heard());
    touch();
  }

  void keep(Kept kept) {
    timeline.keep(kept.transition());
    touch();
  }

  /** Facts that make the same of a new one that has the same settled outages. */
  List<ServiceFact> summary() {
    List<ServiceFact> facts = new ArrayList<>();
    ModeSeen known = mode;
    if (known != null) {
      facts.add(known);
    }
    Timeline.Past past = timeline.past();
    facts.add(
        new Totals(
            service,
            restarts,
            restartTime,
            disagreements,
            lastCrash,
            leftAutomatic,
            Optional.ofNullable(past.state()),
            past.ran(),
            Optional.ofNullable(past.lastStop()),
            Optional.ofNullable(past.lastStart()),
            Optional.ofNullable(past.until()),
            timeline.heard()));
    timeline.transitions().forEach(kept -> facts.add(new Kept(service, kept)));
    facts.addAll(orders);
    return facts;
  }

  /** Whether it has ever been seen to run. */
  boolean ran() {
    return timeline.all().ran();
  }

  @Nullable ServiceState state() {
    return timeline.state();
  }
}
