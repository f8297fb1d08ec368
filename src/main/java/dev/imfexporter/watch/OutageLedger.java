package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.reading.Events;
import dev.imfexporter.reading.Events.Interruption;
import dev.imfexporter.reading.Events.LogRead;
import dev.imfexporter.reading.HostState;
import dev.imfexporter.reading.Meaning.Named;
import dev.imfexporter.reading.Services;
import dev.imfexporter.reading.Services.Service;
import dev.imfexporter.watch.EventTimes.Placed;
import dev.imfexporter.watch.OutageFold.Found;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The outages of a host's services, by all witnesses. Pure: it knows only what it is fed, by one
 * thread at a time. What it learns that must outlast the program it tells as facts; fed with them
 * again, it knows what it knew.
 */
final class OutageLedger {
  /** So long after its end the log may still be about to tell of an outage. */
  private static final Duration LOG_DELAY = Duration.ofSeconds(2);

  private static final Duration UNREAD = Duration.ofSeconds(30);
  private static final Duration OVERDUE = Duration.ofMinutes(5);

  /** Enough for the pages, and for whoever asks what happened last. */
  private static final int NEWEST = 20;

  /** The log that the Service Control Manager writes to. */
  private static final String SYSTEM = "System";

  private final Consumer<Fact> facts;
  private final HostRecord host;
  private final Map<String, ServiceLedger> services = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, String> displayNames = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Axis axis = new Axis();
  private final EventWitness events;

  private Readability readability = Readability.NONE;
  private boolean begun;
  private @Nullable Instant eventsSince;
  private final Looks looks = new Looks();

  /** Whether the event logs can be read. */
  private enum Readability {
    NONE,
    EXPECTED,
    READ,
    FAILED
  }

  /**
   * What a reading of the event logs brought.
   *
   * @param placed the events of all logs, each with its time by the exporter's clock
   * @param unrecognised how many events of each log name a state or a control of a watched service
   *     in a word that is not known
   */
  record Told(List<Placed> placed, Map<String, Long> unrecognised) {}

  /**
   * @param retention of outages that are settled
   * @param facts is told what must outlast the program, at once and in order
   */
  OutageLedger(WatchPlan.Retention retention, Consumer<Fact> facts) {
    this.facts = facts;
    host = new HostRecord(retention);
    events = new EventWitness(this::named, host.words(), host.boots(), this::tell);
  }

  /** Takes a fact of an earlier run into account. */
  void replay(ServiceFact fact) {
    host.apply(fact);
    host.services().forEach(this::ledger);
  }

  /** An earlier run of the program saw the host up at that time. */
  void alive(Instant at) {
    looks.at(at);
  }

  /** Facts that make the same of a new ledger; few, whatever happened. */
  List<ServiceFact> summary() {
    return host.summary();
  }

  /** Takes note of the time; to be called before anything that is seen then is told. */
  void now(Moment now) {
    boolean still = host.services().stream().allMatch(s -> host.service(s).unsettled().isEmpty());
    axis.follow(now, still).ifPresent(this::shift);
    if (!begun) {
      begun = true;
      // Set back while this program did not run: the past cannot lie ahead.
      Instant newest = host.newest();
      Instant wall = axis.at(now);
      if (newest != null && newest.isAfter(wall)) {
        shift(Duration.between(newest, wall));
      }
    }
  }

  private void shift(Duration by) {
    tell(new ServiceFact.ClockShifted(by));
    services.values().forEach(service -> service.shift(by));
    events.shift(by);
    eventsSince = eventsSince == null ? null : eventsSince.plus(by);
    looks.shift(by);
  }

  /** Takes note that a reading of the services succeeded. */
  void read(Services reading, Moment asked, Moment seen) {
    looks.at(axis.at(asked));
    for (Service service : reading.services()) {
      service
          .config()
          .ifPresent(
              config -> {
                displayNames.put(config.displayName(), service.name());
                ledger(service.name()).mode().read(config.startMode(), axis.at(seen));
              });
    }
  }

  /** Takes a poll of one service into account; true if it shows another state than before. */
  boolean polled(String service, Optional<ServiceStatus> status, Moment asked, Moment seen) {
    return ledger(service).polled(status, axis.at(asked), axis.at(seen));
  }

  /** Takes a notification into account; true if it shows another state than before. */
  boolean notified(String service, ServiceStatus status, Moment seen) {
    return ledger(service).notified(status, axis.at(seen));
  }

  /** Whether the host reports the service's changes at this moment. */
  void covered(String service, boolean reported, Moment at) {
    ledger(service).covered(reported, axis.at(at));
  }

  /** A poll found a change that the host should have reported. */
  void unreported(String service) {
    ledger(service).unreported();
  }

  /** Takes the host's clock into account. */
  void clock(HostState state, Moment at) {
    events.measured(Duration.between(axis.at(at), state.time()), state.error());
  }

  /** From now on event logs are read; outages wait for what they tell. */
  void expectEvents() {
    readability = Readability.EXPECTED;
  }

  /**
   * The event logs could not be read. Nobody waits for them any more, or not for long if they could
   * be read before.
   */
  void eventsUnreadable() {
    readability =
        switch (readability) {
          case NONE, EXPECTED -> Readability.NONE;
          case READ, FAILED -> Readability.FAILED;
        };
  }

  /** Takes a reading of the event logs into account. */
  Told told(Events reading, Moment asked, Moment ended) {
    Instant from = axis.at(asked);
    List<Placed> placed = new ArrayList<>();
    Map<String, Long> unrecognised = new TreeMap<>();
    boolean complete = true;
    for (LogRead log : reading.logs()) {
      interrupted(log);
      List<Placed> read = events.place(log, from, axis.at(ended));
      placed.addAll(read);
      unrecognised.put(log.log(), events.enter(read, looks::before));
      complete &= log.complete();
    }
    readability = Readability.READ;
    if (complete) {
      caughtUp(from);
    }
    return new Told(placed, unrecognised);
  }

  private void interrupted(LogRead log) {
    if (log.interruption().isEmpty()) {
      return;
    }
    eventsSince = null;
    // After a kill the same clearing is told again, with records that were heard before it.
    boolean told = !log.events().isEmpty() && host.heardSince(log.events().get(0).written());
    if (log.interruption().get() == Interruption.CLEARED && log.log().equals(SYSTEM) && !told) {
      tell(new ServiceFact.LogCleared());
    }
  }

  private void caughtUp(Instant asked) {
    events.learn(asked);
    eventsSince = eventsSince == null ? asked : eventsSince;
    for (ServiceLedger service : services.values()) {
      service.caughtUp(asked, eventsSince, host.boots());
      service.settle(ended -> !ended.known().plus(LOG_DELAY).isAfter(asked));
    }
  }

  /** Counts what ended and of which nothing more can be learned. */
  void settle(Moment now) {
    Instant at = axis.at(now);
    for (ServiceLedger service : services.values()) {
      service.settle(ripe(service.waiting(at)));
    }
  }

  private Predicate<Found> ripe(Duration waiting) {
    return switch (readability) {
      case NONE -> ended -> true;
      case FAILED -> ended -> waiting.compareTo(UNREAD) >= 0;
      // Either a reading tells of them, or its failure does.
      case EXPECTED, READ -> ended -> waiting.compareTo(OVERDUE) >= 0;
    };
  }

  /** The newest status that a poll or a notification saw. */
  Optional<ServiceStatus> status(String service) {
    ServiceLedger ledger = services.get(service);
    return ledger == null ? Optional.empty() : ledger.status();
  }

  /** Whether anything is known of the service. */
  boolean knows(String service) {
    return services.containsKey(service);
  }

  List<String> services() {
    return List.copyOf(services.keySet());
  }

  ServiceHistory history(String service, Optional<StartMode> mode, Witness witness, Moment now) {
    Instant at = axis.at(now);
    ServiceLedger ledger = ledger(service);
    long recent =
        host.outages().stream()
            .filter(o -> o.service().equals(ledger.name()) && ServiceLedger.recent(o, at))
            .count();
    return ledger.history(mode, witness, at, recent);
  }

  /** All that are known, the newest first; those that last have no end. */
  List<Outage> outages() {
    List<Outage> all = new ArrayList<>(host.outages());
    for (ServiceLedger service : services.values()) {
      service.record().unsettled().forEach(found -> all.add(found.outage()));
    }
    all.sort(Comparator.comparing(Outage::began).reversed());
    return all;
  }

  /** The newest of them, in the same order. */
  List<Outage> newest() {
    List<Outage> all = outages();
    return all.subList(0, Math.min(NEWEST, all.size()));
  }

  /** When the host was down, in order of time; the newest ones. */
  List<Boot> boots() {
    return List.copyOf(host.boots());
  }

  /** Those that are not counted yet, be they over or not. */
  List<Outage> unsettled() {
    return services.values().stream()
        .flatMap(service -> service.record().unsettled().stream())
        .map(Found::outage)
        .toList();
  }

  /** A time of the host's clock, as it goes now, by the exporter's. */
  Instant ours(Instant hosts) {
    return events.ours(hosts);
  }

  /** The short name of a service that is watched, by the name that an event has for it. */
  Optional<String> shortName(Named name) {
    return named(name).map(ServiceLedger::name);
  }

  private void tell(ServiceFact fact) {
    if (host.apply(fact)) {
      facts.accept(fact);
    }
  }

  private Optional<ServiceLedger> named(Named name) {
    String service = name.isShort() ? name.name() : displayNames.get(name.name());
    return Optional.ofNullable(service).map(services::get);
  }

  private ServiceLedger ledger(String service) {
    ServiceLedger ledger = services.get(service);
    if (ledger == null) {
      ledger = new ServiceLedger(service, host.service(service), this::tell);
      services.put(service, ledger);
    }
    return ledger;
  }
}
