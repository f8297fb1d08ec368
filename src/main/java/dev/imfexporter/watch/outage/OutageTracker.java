package dev.imfexporter.watch.outage;

import dev.imfexporter.access.EventLog;
import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.Events.Interruption;
import dev.imfexporter.collector.Events.LogRead;
import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.collector.Meaning;
import dev.imfexporter.collector.Meaning.Named;
import dev.imfexporter.collector.Services;
import dev.imfexporter.collector.Services.Service;
import dev.imfexporter.watch.clock.DatedEvent;
import dev.imfexporter.watch.fact.ServiceFact;
import dev.imfexporter.watch.model.Boot;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The outages of a host's services, by the combined evidence of polls, notifications and events.
 * All times are on the axis of {@link dev.imfexporter.watch.clock.HostTime}. Not thread-safe.
 */
public final class OutageTracker {
  /** After the end of an outage, its last event may take this long to appear in the log. */
  private static final Duration LOG_DELAY = Duration.ofSeconds(2);

  private final ServiceRecords records;
  private final Map<String, ServiceTracker> trackers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final DisplayNames displayNames = new DisplayNames();
  private final GoneServices goneServices = new GoneServices();
  private final PollGate gate = new PollGate();
  private final LastSeen lastSeen = new LastSeen();
  private final EventLogSource events;
  private final Readability readability;

  private List<Service> services = List.of();
  private @Nullable Instant eventsSince;

  /**
   * What a poll of all services brought.
   *
   * @param changed whether any service has another state than before
   * @param unreliable services whose change the host should have notified and did not
   */
  public record Polled(boolean changed, List<String> unreliable) {}

  /**
   * @param eventsExpected whether event logs are read: outages then wait for the events
   */
  public OutageTracker(Retention retention, boolean eventsExpected) {
    records = new ServiceRecords(retention);
    readability = new Readability(eventsExpected);
    events = new EventLogSource(this::named, records, lastSeen);
  }

  /** Takes a fact of an earlier run into account; false if it adds nothing. */
  public boolean replay(ServiceFact fact) {
    return records.apply(fact);
  }

  /** The last fact of earlier runs was replayed. */
  public void replayed() {
    records.services().forEach(this::tracker);
  }

  /** An earlier run saw the host up at that time. */
  public void alive(Instant at) {
    lastSeen.at(at);
  }

  /** Facts that replay to the same state; their number is bounded. */
  public List<ServiceFact> summary() {
    return records.summary();
  }

  /** Returns the facts since the last call. */
  public List<ServiceFact> takeFacts() {
    return records.takeFacts();
  }

  /**
   * Takes a poll of all services into account.
   *
   * @param notified the services of which the host sends notifications
   */
  public Polled polled(Services reading, Instant asked, Instant seen, Set<String> notified) {
    services = reading.services();
    boolean changed = false;
    List<String> unreliable = new ArrayList<>();
    Set<String> gone = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    gone.addAll(trackers.keySet());
    for (Service service : services) {
      String name = service.name();
      gone.remove(name);
      ServiceTracker known = trackers.get(name);
      ServiceState state = ServiceTracker.state(service.status());
      boolean contradicts =
          notified.contains(name) && known != null && state != ServiceTracker.state(known.status());
      if (contradicts && !gate.passes(name, state, asked, seen)) {
        continue;
      }
      gate.clear(name);
      ServiceTracker tracker = tracker(name);
      changed |= tracker.polled(service.status(), asked, seen);
      tracker.setNotified(notified.contains(name), seen);
      if (contradicts) {
        unreliable.add(name);
        tracker.notNotified();
      }
    }
    for (String name : gone) {
      gate.clear(name);
      changed |= tracker(name).remove();
    }
    Set<String> forgotten = goneServices.polled(gone, seen);
    if (!forgotten.isEmpty()) {
      records.forget(forgotten);
      forget(forgotten);
    }
    lastSeen.at(asked);
    services.forEach(service -> service.config().ifPresent(c -> configured(service, c, seen)));
    return new Polled(changed, unreliable);
  }

  private void configured(Service service, ServiceConfig config, Instant seen) {
    displayNames.set(service.name(), config.displayName());
    tracker(service.name()).mode().polled(config.startMode(), seen);
  }

  private void forget(Set<String> forgotten) {
    for (String service : forgotten) {
      trackers.remove(service);
      displayNames.forget(service);
      events.forget(service);
    }
  }

  /** Takes a notification into account; true if it shows another state than before. */
  public boolean notified(String service, ServiceStatus status, Instant seen) {
    return tracker(service).notified(status, seen);
  }

  /** The event logs could not be read: outages wait no longer, or not long if they could before. */
  public void eventsFailed() {
    readability.failed();
  }

  /**
   * Takes the events of one log into account.
   *
   * @return how many name a state or a control of a watched service by an unknown word
   */
  public long logged(LogRead log, List<DatedEvent> dated) {
    if (log.interruption().isPresent()) {
      eventsSince = null;
      // After a kill the same clearing is read again, with records that are in the state already.
      boolean known =
          !log.events().isEmpty() && records.hasEventsSince(log.events().get(0).written());
      if (log.interruption().get() == Interruption.CLEARED
          && log.log().equals(EventLog.SYSTEM)
          && !known) {
        records.add(new ServiceFact.LogCleared());
      }
    }
    return events.enter(dated);
  }

  /** Whether one of these events reports another start mode of a watched service. */
  public boolean hasStartModeChange(List<LoggedEvent> events) {
    return events.stream()
        .map(LoggedEvent::meaning)
        .anyMatch(
            meaning ->
                meaning instanceof Meaning.StartModeChanged changed
                    && named(changed.service()).isPresent());
  }

  /**
   * All logs were read.
   *
   * @param complete whether nothing is left to read
   */
  public void eventsRead(Instant asked, boolean complete) {
    readability.read();
    if (!complete) {
      return;
    }
    Instant since = eventsSince == null ? asked : eventsSince;
    eventsSince = since;
    for (ServiceTracker service : trackers.values()) {
      service.caughtUp(asked, since);
      service.settle(ended -> !ended.superseded().plus(LOG_DELAY).isAfter(asked));
    }
  }

  /** Counts outages that ended and of which no more evidence is expected. */
  public void settle(Instant now) {
    for (ServiceTracker service : trackers.values()) {
      boolean ripe = readability.isRipe(service.waiting(now));
      service.settle(ended -> ripe);
    }
  }

  /** Whether the services were polled in this run. */
  public boolean isPolled() {
    return !services.isEmpty();
  }

  /** Whether a poll that contradicts a notification waits for another poll. */
  public boolean isInDoubt() {
    return gate.isWaiting();
  }

  /** The newest of this run; empty when the service is not installed or was not polled. */
  public Optional<ServiceStatus> status(String service) {
    return Optional.ofNullable(trackers.get(service)).flatMap(ServiceTracker::status);
  }

  /**
   * Whether the state of a service is known in this run. A first poll that contradicts the state of
   * an earlier run has to be confirmed.
   */
  public boolean isSeen(String service) {
    ServiceTracker tracker = trackers.get(service);
    return tracker != null && tracker.isSeen();
  }

  /** The services of the newest poll, in its order. */
  public List<Service> services() {
    return services;
  }

  /** What is known of a service; of one that is not known, an empty record. */
  public ServiceView view(String service, Optional<StartMode> mode) {
    return ServiceView.of(tracker(service), mode);
  }

  /** Settled outages, in the order in which they settled; the newest ones. */
  public List<Outage> settled() {
    return records.outages();
  }

  /** Outages that are not settled: open, or waiting for events. */
  public List<Outage> unsettled() {
    List<Outage> all = new ArrayList<>();
    for (ServiceTracker tracker : trackers.values()) {
      tracker.record().unsettled().forEach(unsettled -> all.add(unsettled.outage()));
    }
    return all;
  }

  /** The newest boots, in the order of time. */
  public List<Boot> boots() {
    return records.boots();
  }

  /** The time of the newest transition; null when there is none. */
  public @Nullable Instant newest() {
    return records.newest();
  }

  /** The short name of a watched service, by the name that an event has for it. */
  public Optional<String> shortName(Named name) {
    return named(name).map(ServiceTracker::name);
  }

  private Optional<ServiceTracker> named(Named name) {
    return displayNames.service(name).map(trackers::get);
  }

  private ServiceTracker tracker(String service) {
    ServiceTracker tracker = trackers.get(service);
    if (tracker == null) {
      tracker = new ServiceTracker(service, records);
      trackers.put(service, tracker);
    }
    return tracker;
  }
}
