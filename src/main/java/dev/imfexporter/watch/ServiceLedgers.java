package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.reading.Meaning.Named;
import dev.imfexporter.reading.Services;
import dev.imfexporter.reading.Services.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The outages of all services of a host, by looks and notifications. For one thread at a time. */
final class ServiceLedgers {

  /** Within this time a notification of what a poll saw may still be under way. */
  private static final Duration NOTIFICATION_DELAY = Duration.ofSeconds(2);

  private final Map<String, OutageLedger> outages = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, Doubt> doubts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, Instant> reported = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, String> displayNames = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Boots boots = new Boots();
  private final WatchPlan.Retention retention;
  private final Consumer<Fact> facts;
  private List<Service> services = List.of();
  private @Nullable Instant moved;

  /** A poll saw another state than the one that the host reported last. */
  private record Doubt(@Nullable ServiceState polled, Moment since) {}

  /**
   * What a reading brought.
   *
   * @param changed whether any service has another state than before
   * @param unreported services whose change the host should have reported and did not
   */
  record Polled(boolean changed, List<String> unreported) {}

  ServiceLedgers(WatchPlan.Retention retention, Consumer<Fact> facts) {
    this.retention = retention;
    this.facts = facts;
  }

  /**
   * Takes a reading of all services into account. A service that the host reports by itself is not
   * taken at the poll's word before a report had the time to come: else a report that is late by
   * some milliseconds would tell of the same transition once more.
   */
  Polled observe(Services reading, Moment asked, Moment seen, Predicate<String> reports) {
    services = reading.services();
    boolean changed = false;
    List<String> unreported = new ArrayList<>();
    Set<String> gone = new TreeSet<>(outages.keySet());
    for (Service service : services) {
      String name = service.name();
      gone.remove(name);
      Observation look = new Observation(service.status(), asked, seen);
      boolean isReported = reports.test(name);
      reported(name, isReported, seen.wall());
      service.config().ifPresent(config -> configured(name, config, seen.wall()));
      if (isReported && ledger(name).looked() && differs(name, look)) {
        if (!confirmed(name, look)) {
          continue;
        }
        unreported.add(name);
      }
      doubts.remove(name);
      changed |= ledger(name).look(look);
    }
    for (String name : gone) {
      doubts.remove(name);
      changed |= ledger(name).look(new Observation(Optional.empty(), asked, seen));
    }
    return new Polled(changed, unreported);
  }

  /** Takes a notification into account; true if it shows another state than before. */
  boolean observe(String service, ServiceStatus status, Moment seen) {
    return ledger(service).notified(status, seen);
  }

  private void reported(String name, boolean now, Instant seen) {
    if (now) {
      reported.putIfAbsent(name, seen);
    } else {
      reported.remove(name);
    }
  }

  private void configured(String name, ServiceConfig config, Instant seen) {
    displayNames.put(config.displayName(), name);
    ledger(name).mode(Optional.of(config.startMode()), seen);
  }

  /** Whether the services have been read, so that events that name them can be understood. */
  boolean read() {
    return !services.isEmpty();
  }

  /** The short name of a watched service; empty for any other. */
  Optional<String> named(Named named) {
    String name = named.isShort() ? named.name() : displayNames.get(named.name());
    return name != null && outages.containsKey(name) ? Optional.of(spelled(name)) : Optional.empty();
  }

  private String spelled(String name) {
    return services.stream()
        .map(Service::name)
        .filter(name::equalsIgnoreCase)
        .findFirst()
        .orElse(name);
  }

  Boots boots() {
    return boots;
  }

  OutageLedger ledger(String service) {
    return outages.computeIfAbsent(service, name -> new OutageLedger(name, retention, facts));
  }

  /** The host went down: whatever ran stopped then. */
  void shutDown(Instant down, Duration error) {
    outages.values().forEach(ledger -> ledger.shutDown(down, error));
  }

  /** What the newest looks show must follow from what is known by now. */
  void agree(Instant now) {
    outages.values().stream().filter(OutageLedger::looked).forEach(ledger -> ledger.agree(now));
  }

  void settle(boolean events, Instant readTo, Instant now) {
    outages.forEach(
        (name, ledger) ->
            ledger.settle(
                new Merging(events, readTo, reported.getOrDefault(name, Instant.MAX)),
                boots.all(),
                now));
  }

  boolean unsettled() {
    return unsettledOutages().stream().anyMatch(outage -> outage.ended().isPresent());
  }

  /** Told twice, it moves once. */
  void clockMoved(Duration by, Instant at) {
    if (!at.equals(moved)) {
      moved = at;
      outages.values().forEach(ledger -> ledger.clockMoved(by));
    }
  }

  /** Whether another look has to tell who is right, a poll or the notifications. */
  boolean inDoubt() {
    return !doubts.isEmpty();
  }

  /** The newest known state; empty when the service is not installed or was never read. */
  Optional<ServiceState> state(String service) {
    OutageLedger ledger = outages.get(service);
    return ledger == null ? Optional.empty() : ledger.status().map(ServiceStatus::state);
  }

  /** The services in the newest reading that are installed, in its order. */
  List<String> installed() {
    return services.stream().filter(s -> s.status().isPresent()).map(Service::name).toList();
  }

  /** Of the services in the newest reading, in its order. */
  List<ServiceHistory> histories(Function<String, Witness> witness, Instant now) {
    List<ServiceHistory> histories = new ArrayList<>();
    for (Service service : services) {
      Optional<StartMode> mode = service.config().map(ServiceConfig::startMode);
      String name = service.name();
      histories.add(ledger(name).history(mode, witness.apply(name), boots.all(), now));
    }
    return histories;
  }

  /** Outages that are not counted yet, be they over or not. */
  List<Outage> unsettledOutages() {
    return outages.values().stream().flatMap(l -> l.unsettled(boots.all()).stream()).toList();
  }

  /** Services that ran before and do not run now. */
  Set<String> out() {
    return histories(name -> Witness.POLL, Instant.EPOCH).stream()
        .filter(history -> history.leftStopped() || history.outageStart().isPresent())
        .map(ServiceHistory::name)
        .collect(Collectors.toSet());
  }

  /** When a service starts; empty when not known. */
  Optional<StartMode> startMode(String name) {
    return services.stream()
        .filter(service -> service.name().equals(name))
        .flatMap(service -> service.config().stream())
        .map(ServiceConfig::startMode)
        .findFirst();
  }

  void replay(ServiceFact fact) {
    if (fact instanceof ServiceFact.Booted boot) {
      boots.replay(boot);
    } else if (fact instanceof ServiceFact.ClockMoved moved) {
      clockMoved(moved.by(), moved.at());
    } else if (fact instanceof ServiceFact.Alive alive) {
      outages.values().forEach(ledger -> ledger.alive(alive.at()));
    } else {
      service(fact).ifPresent(name -> ledger(name).replay(fact));
    }
  }

  private static Optional<String> service(ServiceFact fact) {
    if (fact instanceof ServiceFact.Seen seen) {
      return Optional.of(seen.service());
    }
    if (fact instanceof ServiceFact.Told told) {
      return Optional.of(told.service());
    }
    if (fact instanceof ServiceFact.Settled settled) {
      return Optional.of(settled.outage().service());
    }
    if (fact instanceof ServiceFact.Ran ran) {
      return Optional.of(ran.service());
    }
    if (fact instanceof ServiceFact.Automatic automatic) {
      return Optional.of(automatic.service());
    }
    return fact instanceof ServiceFact.Totals totals
        ? Optional.of(totals.service())
        : Optional.empty();
  }

  /** Facts that stand for all so far. */
  List<Fact> snapshot(Instant now) {
    List<Fact> all = new ArrayList<>(boots.all());
    outages.values().forEach(ledger -> all.addAll(ledger.snapshot()));
    if (read()) {
      all.add(new ServiceFact.Alive(now));
    }
    return all;
  }

  private boolean differs(String name, Observation look) {
    return polled(look) != state(name).orElse(null);
  }

  private boolean confirmed(String name, Observation look) {
    Doubt doubt = doubts.get(name);
    if (doubt != null && doubt.polled() == polled(look)) {
      return look.asked().since(doubt.since()).compareTo(NOTIFICATION_DELAY) >= 0;
    }
    doubts.put(name, new Doubt(polled(look), look.seen()));
    return false;
  }

  private static @Nullable ServiceState polled(Observation look) {
    return look.status().map(ServiceStatus::state).orElse(null);
  }
}
