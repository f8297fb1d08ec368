package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.reading.Definition;
import dev.imfexporter.reading.Events;
import dev.imfexporter.reading.HostState;
import dev.imfexporter.reading.Services;
import dev.imfexporter.watch.Episode.Boot;
import dev.imfexporter.watch.Episode.Sign;
import dev.imfexporter.watch.ServiceFact.Booted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All ledgers of a host; every writer and reader goes through this one lock, and every fact goes
 * from here to the store. Thread-safe.
 */
final class Ledgers {

  /** A clock that is slewed moves less than this between two looks. */
  private static final Duration LEAP = Duration.ofSeconds(1);

  /** Outages that ended longer than this before the newest are forgotten. */
  private static final Duration OUTAGE_AGE = Duration.ofDays(400);

  private final OutageLedger outages;
  private final Map<String, Doubt> doubts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final UpdateLedger updates = new UpdateLedger();
  private final EpisodeTracker episodes;
  private final MailFlowWatch mail;

  private boolean eventsReadable;
  private Instant eventsReadTo = Instant.MIN;
  private boolean catchingUp;
  private boolean readable;
  private @Nullable Moment clock;
  private @Nullable Moment alive;

  /** Since when nobody watched, until it is known what the event log tells of that time. */
  private @Nullable Instant absence;

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

  /** Takes a piece of the event logs into account. */
  synchronized void events(Events read, Moment asked, Moment seen) {
    begin(seen);
    boolean complete = true;
    for (LogRead log : read.logs()) {
      long unrecognised = serviceEvents.observe(log);
      List<Instant> at = times.axis(log.events());
      for (int i = 0; i < at.size(); i++) {
        updates.observe(log.events().get(i).meaning(), at.get(i)).ifPresent(episodes::observe);
      }
      lost(log, at, seen);
      facts.add(
          events.observe(log, this::isCounted, services::named, unrecognised, seen.wall()));
      complete &= log.complete();
      if (!log.complete() && !at.isEmpty()) {
        eventsReadTo = at.get(at.size() - 1);
      }
    }
    eventsReadable = true;
    catchingUp = !complete;
    if (complete) {
      eventsReadTo = asked.wall();
    }
    conclude(seen);
  }

  private void lost(LogRead log, List<Instant> at, Moment seen) {
    if (log.interruption().isPresent()) {
      Optional<Instant> from = events.cursor(log.log()).map(EventCursor::written).map(times::axis);
      Instant until = at.isEmpty() ? seen.wall() : at.get(0);
      from.filter(start -> start.isBefore(until)).ifPresent(f -> episodes.unwatched(f, until));
    }
  }

  private boolean isCounted(LoggedEvent event) {
    return counted.contains(event.provider());
  }

  /** The event logs cannot be read, for whatever reason. */
  synchronized void eventsUnreadable(Moment now) {
    begin(now);
    eventsReadable = false;
    catchingUp = false;
    conclude(now);
  }

  synchronized void definition(Definition read, Moment seen) {
    begin(seen);
    List<Sign> news = updates.observe(read, times::axis, seen.wall());
    news.forEach(episodes::observe);
    conclude(seen);
  }

  /** Takes a look at the host's clock into account. */
  synchronized void machine(HostState state, Moment asked, Moment ended) {
    begin(ended);
    Duration half = ended.since(asked).dividedBy(2);
    times.measured(
        Duration.between(ended.wall().minus(half), state.time()), state.error());
    if (!eventsReadable) {
      services.boots().up(ended.wall().minus(half).minus(state.sinceBoot())).ifPresent(facts::add);
    }
    conclude(ended);
  }

  /** What is read of the mail, for the judgement of its flow. */
  synchronized void mail(Consumer<MailFlowWatch> reading, Moment now) {
    begin(now);
    reading.accept(mail);
    conclude(now);
  }

  /** Lets time pass. */
  synchronized void tick(Moment now) {
    begin(now);
    Moment last = alive;
    if (readable && (last == null || now.since(last).compareTo(ALIVE) >= 0)) {
      alive = now;
      facts.add(new ServiceFact.Alive(now.wall()));
    }
    conclude(now);
  }

  /** A clock that was set moves with it what is not settled, so that durations stay true. */
  private void begin(Moment now) {
    Moment last = clock;
    clock = now;
    if (last == null) {
      return;
    }
    Duration by = Duration.between(last.wall(), now.wall()).minus(now.since(last));
    if (by.abs().compareTo(LEAP) > 0) {
      services.clockMoved(by, now.wall());
      facts.add(new ServiceFact.ClockMoved(by, now.wall()));
      if (eventsReadTo.isAfter(Instant.MIN)) {
        eventsReadTo = eventsReadTo.plus(by);
      }
    }
  }

  private void conclude(Moment now) {
    Instant wall = now.wall();
    services.agree(wall);
    serviceEvents.learn();
    absence(wall);
    services.unsettledOutages().forEach(episodes::observe);
    services.settle(eventsReadable, eventsReadTo, wall);
    facts.stream()
        .filter(Booted.class::isInstance)
        .map(Booted.class::cast)
        .forEach(boot -> episodes.booted(new Boot(boot.down(), boot.up())));
    if (!catchingUp) {
      track(now);
    }
    facts.addAll(updates.takeFacts());
    facts.addAll(episodes.takeFacts());
    if (!facts.isEmpty()) {
      store.keep(List.copyOf(facts));
      facts.clear();
    }
  }

  /** Of the time before this run, the event log tells, or nobody. */
  private void absence(Instant now) {
    Instant since = absence;
    if (since != null && readable && !catchingUp) {
      if (!eventsReadable) {
        episodes.unwatched(since, now);
      }
      if (!eventsReadable || eventsReadTo.isAfter(Instant.MIN)) {
        absence = null;
      }
    }
  }

  private void track(Moment now) {
    MailFlow.State flow = mail.judge(now, readable, services).state();
    episodes.advance(
        now.wall(),
        readable ? new HostCondition(true, services.out(), flow) : HostCondition.UNREADABLE);
  }

  /** Whether an outage that is over waits for the event log. */
  synchronized boolean unsettled() {
    return eventsReadable && services.unsettled();
  }

  /** Whether there is more to read of an event log at once. */
  synchronized boolean catchingUp() {
    return catchingUp;
  }

  /** Whether the services are known, without which events say little. */
  synchronized boolean servicesKnown() {
    return services.read();
  }

  /** How far a log has been read. */
  synchronized Optional<EventCursor> cursor(String log) {
    return events.cursor(log);
  }

  /** Takes the host's clock into account, as it was at a moment of this program's. */
  synchronized void observe(HostState state, Moment at) {
    outages.now(at);
    outages.clock(state, at);
  }

  /**
   * From now on the event logs are read, and outages are counted when the logs have told of them.
   * Without this, and after {@link #eventsUnreadable}, they are counted at once.
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
    return services.inDoubt();
  }

  /** The newest known state; empty when the service is not installed or was never read. */
  synchronized Optional<ServiceState> state(String service) {
    return outages.status(service).map(ServiceStatus::state);
  }

  /** The services in the newest reading that are installed, in its order. */
  synchronized List<String> installed() {
    return services.installed();
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
