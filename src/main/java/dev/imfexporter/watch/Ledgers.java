package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.reading.Definition;
import dev.imfexporter.reading.Events;
import dev.imfexporter.reading.HostState;
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
import org.jspecify.annotations.Nullable;

/** All ledgers of a host; every writer and reader goes through this one lock. Thread-safe. */
final class Ledgers {

  /** Within this time a notification of what a poll saw may still be under way. */
  private static final Duration NOTIFICATION_DELAY = Duration.ofSeconds(2);

  /** Outages that ended longer than this before the newest are forgotten. */
  private static final Duration OUTAGE_AGE = Duration.ofDays(400);

  private final OutageLedger outages;
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

  /** Forgets everything with the program. */
  Ledgers() {
    this(fact -> {});
  }

  /**
   * @param facts is told what must outlast the program, in its order and while the ledgers are
   *     locked: it must neither block nor call them
   */
  Ledgers(Consumer<Fact> facts) {
    outages = new OutageLedger(OUTAGE_AGE, facts);
  }

  /** Takes the facts of earlier runs into account, oldest first; before anything else. */
  synchronized void replay(List<? extends Fact> facts) {
    for (Fact fact : facts) {
      if (fact instanceof ServiceFact told) {
        outages.replay(told);
      }
    }
  }

  /** Few facts of services that stand for all that were told so far. */
  synchronized List<ServiceFact> summary() {
    return outages.summary();
  }

  /**
   * Takes a reading of all services into account. A service that the host reports by itself is not
   * taken at the poll's word before a report had the time to come: else a report that is late by
   * some milliseconds would tell of the same transition once more.
   */
  synchronized Polled observe(
      Services reading, Moment asked, Moment seen, Predicate<String> reported) {
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
    outages.settle(seen);
    return new Polled(changed, unreported);
  }

  /** Takes a notification into account; true if it shows another state than before. */
  synchronized boolean observe(String service, ServiceStatus status, Moment seen) {
    outages.now(seen);
    boolean changed = outages.notified(service, status, seen);
    outages.settle(seen);
    return changed;
  }

  synchronized void observe(Definition definition, Instant seen) {
    updates.observe(definition, seen);
  }

  /** Takes the host's clock into account, as it was at a moment of this program's. */
  synchronized void observe(HostState state, Moment at) {
    outages.now(at);
    outages.clock(state, at);
  }

  /**
   * From now on the event logs are read, and outages are counted when the logs have told of them.
   * Without this, and after {@link #eventsUnreadable}, they are counted at once or nearly so.
   */
  synchronized void expectEvents() {
    outages.expectEvents();
  }

  /**
   * Takes a reading of the event logs into account. Events of services that no reading has named
   * are passed over: the services are to be read first.
   */
  synchronized OutageLedger.Told observe(Events events, Moment asked, Moment ended) {
    outages.now(ended);
    OutageLedger.Told told = outages.told(events, asked, ended);
    outages.settle(ended);
    return told;
  }

  /** The event logs cannot be read, for whatever reason, until they are again. */
  synchronized void eventsUnreadable(Moment now) {
    outages.now(now);
    outages.eventsUnreadable();
    outages.settle(now);
  }

  /** Lets time pass; to be called now and then. */
  synchronized void tick(Moment now) {
    outages.now(now);
    outages.settle(now);
  }

  /** Whether another look has to tell who is right, a poll or the notifications. */
  synchronized boolean inDoubt() {
    return !doubts.isEmpty();
  }

  /** The newest known state; empty when the service is not installed or was never read. */
  synchronized Optional<ServiceState> state(String service) {
    return outages.status(service).map(ServiceStatus::state);
  }

  /** The services in the newest reading that are installed, in its order. */
  synchronized List<String> installed() {
    return services.stream().filter(s -> s.status().isPresent()).map(Service::name).toList();
  }

  /** Of the services in the newest reading, in its order. */
  synchronized List<ServiceHistory> histories(Function<String, Witness> witness, Moment now) {
    List<ServiceHistory> histories = new ArrayList<>();
    for (Service service : services) {
      Optional<StartMode> mode = service.config().map(config -> config.startMode());
      String name = service.name();
      histories.add(outages.history(name, mode, witness.apply(name), now));
    }
    return histories;
  }

  /** Of all services, the newest first; those that last have no end. */
  synchronized List<Outage> outages() {
    return outages.outages();
  }

  /** When the host was down, in order of time; the newest ones. */
  synchronized List<Boot> boots() {
    return outages.boots();
  }

  synchronized UpdateHistory updates() {
    return updates.history();
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
