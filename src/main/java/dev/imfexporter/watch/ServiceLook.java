package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.reading.Services;
import dev.imfexporter.reading.Services.Service;
import java.time.Duration;
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

/**
 * What is seen of the services, by polls and by notifications, on its way into the ledger of
 * outages. For one thread at a time.
 */
final class ServiceLook {

  /** Within this time a notification of what a poll saw may still be under way. */
  private static final Duration NOTIFICATION_DELAY = Duration.ofSeconds(2);

  private final OutageLedger outages;
  private final Map<String, Doubt> doubts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
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
   * @param facts is told what must outlast the program, in its order
   */
  ServiceLook(WatchPlan.Retention retention, Consumer<Fact> facts) {
    outages = new OutageLedger(retention, facts);
  }

  /** Where it all goes. */
  OutageLedger outages() {
    return outages;
  }

  /**
   * Takes a reading of all services into account. A service that the host reports by itself is not
   * taken at the poll's word before a report had the time to come: else a report that is late by
   * some milliseconds would tell of the same transition once more.
   */
  Polled observe(Services reading, Moment asked, Moment seen, Predicate<String> reported) {
    services = reading.services();
    outages.now(seen);
    boolean changed = false;
    List<String> unreported = new ArrayList<>();
    Set<String> gone = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    gone.addAll(outages.services());
    for (Service service : services) {
      String name = service.name();
      gone.remove(name);
      boolean covered = reported.test(name);
      ServiceState polled = service.status().map(ServiceStatus::state).orElse(null);
      boolean contradicts = covered && outages.knows(name) && polled != state(name).orElse(null);
      if (contradicts && !confirmed(name, polled, asked, seen)) {
        continue;
      }
      doubts.remove(name);
      changed |= outages.polled(name, service.status(), asked, seen);
      outages.covered(name, covered, seen);
      if (contradicts) {
        unreported.add(name);
        outages.unreported(name);
      }
    }
    for (String name : gone) {
      doubts.remove(name);
      changed |= outages.polled(name, Optional.empty(), asked, seen);
    }
    outages.read(reading, asked, seen);
    return new Polled(changed, unreported);
  }

  /** Takes a notification into account; true if it shows another state than before. */
  boolean observe(String service, ServiceStatus status, Moment seen) {
    outages.now(seen);
    return outages.notified(service, status, seen);
  }

  /** Whether the services were ever read in this run. */
  boolean known() {
    return !services.isEmpty();
  }

  /** Whether another look has to tell who is right, a poll or the notifications. */
  boolean inDoubt() {
    return !doubts.isEmpty();
  }

  /** The newest known state; empty when the service is not installed or was never read. */
  Optional<ServiceState> state(String service) {
    return outages.status(service).map(ServiceStatus::state);
  }

  /** The services in the newest reading that are installed, in its order. */
  List<String> installed() {
    return services.stream().filter(s -> s.status().isPresent()).map(Service::name).toList();
  }

  /** Of the services in the newest reading, in its order. */
  List<ServiceHistory> histories(Function<String, Witness> witness, Moment now) {
    List<ServiceHistory> histories = new ArrayList<>();
    for (Service service : services) {
      Optional<StartMode> mode = service.config().map(config -> config.startMode());
      String name = service.name();
      histories.add(outages.history(name, mode, witness.apply(name), now));
    }
    return histories;
  }

  /** Services that ran before and do not run now. */
  Set<String> out(Moment now) {
    return histories(name -> Witness.POLL, now).stream()
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

  private boolean confirmed(String name, @Nullable ServiceState polled, Moment asked, Moment seen) {
    Doubt doubt = doubts.get(name);
    if (doubt != null && doubt.polled() == polled) {
      return asked.since(doubt.since()).compareTo(NOTIFICATION_DELAY) >= 0;
    }
    doubts.put(name, new Doubt(polled, seen));
    return false;
  }
}
