package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.reading.Definition;
import dev.imfexporter.reading.Services;
import dev.imfexporter.reading.Services.Service;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** All ledgers of a host; every writer and reader goes through this one lock. Thread-safe. */
final class Ledgers {
  private final Map<String, OutageLedger> outages = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final UpdateLedger updates = new UpdateLedger();
  private List<Service> services = List.of();

  /** Takes a reading of all services into account; true if any has another state than before. */
  synchronized boolean observe(Services reading, Moment asked, Moment seen) {
    services = reading.services();
    boolean changed = false;
    for (Service service : services) {
      changed |=
          ledger(service.name())
              .observe(new Observation(service.status(), Witness.POLL, asked, seen));
    }
    return changed;
  }

  /** Takes a notification into account; true if it shows another state than before. */
  synchronized boolean observe(String service, ServiceStatus status, Moment seen) {
    return ledger(service)
        .observe(new Observation(Optional.of(status), Witness.NOTIFICATION, seen, seen));
  }

  synchronized void observe(Definition definition, Instant seen) {
    updates.observe(definition, seen);
  }

  /** The newest known state; empty when the service is not installed or was never read. */
  synchronized Optional<ServiceState> state(String service) {
    OutageLedger ledger = outages.get(service);
    return ledger == null ? Optional.empty() : ledger.status().map(ServiceStatus::state);
  }

  /** The names in the newest reading of the services, in its order. */
  synchronized List<String> names() {
    return services.stream().map(Service::name).toList();
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

  private OutageLedger ledger(String service) {
    return outages.computeIfAbsent(service, OutageLedger::new);
  }
}
