package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.reading.Definition;
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
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** All ledgers of a host; every writer and reader goes through this one lock. Thread-safe. */
final class Ledgers {

  /** Within this time a notification of what a poll saw may still be under way. */
  private static final Duration NOTIFICATION_DELAY = Duration.ofSeconds(2);

  private final Map<String, OutageLedger> outages = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, Doubt> doubts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final UpdateLedger updates = new UpdateLedger();
  private List<Service> services = List.of();

  /** A poll saw another state than the one that the host reported last. */
  private record Doubt(@Nullable ServiceState polled, Moment since) {}

  /**
   * What a reading brought.
   *
   * @param changed whether any service has another state than before
   * @param unreported services whose change the host should have reported and did not
   */
  record Polled(boolean changed, List<String> unreported) {}

  /**
   * Takes a reading of all services into account. A service that the host reports by itself is not
   * taken at the poll's word before a report had the time to come: else a report that is late by
   * some milliseconds would tell of the same transition once more.
   */
  synchronized Polled observe(
      Services reading, Moment asked, Moment seen, Predicate<String> reported) {
    services = reading.services();
    boolean changed = false;
    List<String> unreported = new ArrayList<>();
    Set<String> gone = new TreeSet<>(outages.keySet());
    for (Service service : services) {
      String name = service.name();
      gone.remove(name);
      Observation look = new Observation(service.status(), asked, seen);
      if (reported.test(name) && outages.containsKey(name) && differs(name, look)) {
        if (!confirmed(name, look)) {
          continue;
        }
        unreported.add(name);
      }
      doubts.remove(name);
      changed |= ledger(name).observe(look);
    }
    for (String name : gone) {
      doubts.remove(name);
      changed |= ledger(name).observe(new Observation(Optional.empty(), asked, seen));
    }
    return new Polled(changed, unreported);
  }

  /** Takes a notification into account; true if it shows another state than before. */
  synchronized boolean observe(String service, ServiceStatus status, Moment seen) {
    return ledger(service).observe(new Observation(Optional.of(status), seen, seen));
  }

  synchronized void observe(Definition definition, Instant seen) {
    updates.observe(definition, UnaryOperator.identity(), seen);
  }

  /** Whether another look has to tell who is right, a poll or the notifications. */
  synchronized boolean inDoubt() {
    return !doubts.isEmpty();
  }

  /** The newest known state; empty when the service is not installed or was never read. */
  synchronized Optional<ServiceState> state(String service) {
    OutageLedger ledger = outages.get(service);
    return ledger == null ? Optional.empty() : ledger.status().map(ServiceStatus::state);
  }

  /** The services in the newest reading that are installed, in its order. */
  synchronized List<String> installed() {
    return services.stream().filter(s -> s.status().isPresent()).map(Service::name).toList();
  }

  /** Of the services in the newest reading, in its order. */
  synchronized List<ServiceHistory> histories(Function<String, Witness> witness) {
    List<ServiceHistory> histories = new ArrayList<>();
    for (Service service : services) {
      Optional<StartMode> mode = service.config().map(config -> config.startMode());
      histories.add(ledger(service.name()).history(mode, witness.apply(service.name())));
    }
    return histories;
  }

  synchronized UpdateHistory updates() {
    return updates.history();
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

  private OutageLedger ledger(String service) {
    return outages.computeIfAbsent(service, OutageLedger::new);
  }
}
